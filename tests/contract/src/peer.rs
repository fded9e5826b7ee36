//! Programs that run beside this one. None outlives it, none is waited for without end.

use std::io::{BufRead, BufReader, ErrorKind};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::Failure;

/// How long a program may take to be ready.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program that is ended when this is dropped. Its standard input stays open until then, so
/// that it can tell when this program is gone without having dropped anything.
pub(crate) struct Peer(Child);

impl Peer {
    /// Starts a program and waits until a line that it prints has this text.
    pub(crate) fn start(command: &mut Command, ready: &'static str) -> Result<Self, Failure> {
        let broken = |why: String| Failure::Broken(format!("the peer did not start: {why}"));
        let child = command
            .stdin(Stdio::piped())
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

/// Runs a program to its end, which is brought about when it does not come in time.
pub(crate) fn finish(command: &mut Command, patience: Duration) -> Result<ExitStatus, Failure> {
    const STEP: Duration = Duration::from_millis(50);
    let name = Path::new(command.get_program()).file_name();
    let name = name.unwrap_or_default().display().to_string();
    let mut peer = match command.spawn() {
        Ok(child) => Peer(child),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let how = "see that it and what it runs on are installed";
            return Err(Failure::Missing(
                format!("{name} is not there"),
                how.to_owned(),
            ));
        }
        Err(error) => return Err(Failure::Broken(format!("{name} cannot be run: {error}"))),
    };
    let begun = Instant::now();
    while begun.elapsed() < patience {
        match peer.0.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) => std::thread::sleep(STEP),
            Err(error) => return Err(Failure::Broken(error.to_string())),
        }
    }
    let what = format!("{name} did not finish in {patience:?}");
    Err(Failure::Broken(what))
}

/// A port that was free a moment ago.
pub(crate) fn free_port() -> Result<u16, Failure> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0));
    let address = listener.and_then(|socket| socket.local_addr());
    let port = address.map(|socket| socket.port());
    port.map_err(|error| Failure::Broken(format!("loopback has no free port: {error}")))
}

#[cfg(test)]
mod tests {
    use std::process::Command;
    use std::time::Duration;

    use super::finish;
    use crate::Failure;

    #[test]
    fn a_program_is_waited_for_so_long_and_no_longer() {
        let run = |seconds: &str, patience| {
            let mut command = Command::new("sleep");
            finish(command.arg(seconds), Duration::from_millis(patience))
        };
        assert!(run("0", 30_000).is_ok_and(|status| status.success()));
        let late = run("60", 100);
        assert!(matches!(late, Err(Failure::Broken(what)) if what.contains("did not finish")));
        let missing = finish(&mut Command::new("/nowhere/at-all"), Duration::ZERO);
        assert!(matches!(missing, Err(Failure::Missing(what, _)) if what.contains("at-all")));
    }
}
