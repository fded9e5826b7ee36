//! A program that runs beside this one, and ends with it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use crate::Failure;

/// How long a program may take to be ready.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Peer(Child);

impl Peer {
    /// Starts a program and waits until a line that it prints has this text.
    pub(crate) fn start(command: &mut Command, ready: &'static str) -> Result<Self, Failure> {
        let broken = |why: String| Failure::Broken(format!("the peer did not start: {why}"));
        let child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| broken(error.to_string()))?;
        let mut peer = Self(child);
        let Some(output) = peer.0.stdout.take() else {
            return Err(broken("it has no output".to_owned()));
        };
        let (tell, told) = mpsc::channel();
        // It is read to its end: a full pipe would stop the program.
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if line.contains(ready) {
                    let _ = tell.send(());
                }
            }
        });
        match told.recv_timeout(PATIENCE) {
            Ok(()) => Ok(peer),
            Err(_) => Err(broken(format!("it did not say {ready:?}"))),
        }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // One that has ended by itself cannot be ended, and needs not be.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A port that was free a moment ago.
pub(crate) fn free_port() -> Result<u16, Failure> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0));
    let address = listener.and_then(|it| it.local_addr());
    let port = address.map(|it| it.port());
    port.map_err(|error| Failure::Broken(format!("loopback has no free port: {error}")))
}
