//! Servers on loopback for a program under test: it says over a socket what they answer, and this
//! process records what they receive.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::server::Server;

/// Where a program asks for servers.
pub struct Control {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Control {
    /// Starts to listen.
    ///
    /// # Panics
    ///
    /// If loopback has no free port.
    pub fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback has a free port");
        let address = listener
            .local_addr()
            .expect("a bound socket has an address");
        let requests = Arc::new(Mutex::new(Vec::new()));
        let recorded = Arc::clone(&requests);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let recorded = Arc::clone(&recorded);
                thread::spawn(move || serve(stream, &recorded));
            }
        });
        Self { address, requests }
    }

    /// The address that the program is given.
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// What all servers received so far, as it came over the wire.
    ///
    /// # Panics
    ///
    /// If a server panicked.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("no server panics").clone()
    }
}

/// Reads the answers of a server, runs it, and passes on each request that it receives.
fn serve(mut control: TcpStream, recorded: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut answers = Vec::new();
    for _ in 0..number(&mut control)? {
        let mut answer = vec![0; number(&mut control)?];
        control.read_exact(&mut answer)?;
        answers.push(answer);
    }
    let count = answers.len();
    let server = Server::with(answers);
    send(&mut control, &server.port().to_string())?;
    for _ in 0..count {
        let request = server.request();
        if let Ok(mut recorded) = recorded.lock() {
            recorded.push(request.clone());
        }
        send(&mut control, &request)?;
    }
    Ok(())
}

fn number(control: &mut TcpStream) -> std::io::Result<usize> {
    let mut bytes = [0; 4];
    control.read_exact(&mut bytes)?;
    Ok(usize::try_from(u32::from_be_bytes(bytes)).expect("a length fits"))
}

fn send(control: &mut TcpStream, text: &str) -> std::io::Result<()> {
    let length = u32::try_from(text.len()).expect("a request is short");
    control.write_all(&length.to_be_bytes())?;
    control.write_all(text.as_bytes())
}
