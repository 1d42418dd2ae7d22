//! `cargo dev serve`: builds, then starts the store service with the demo shop and says where it is.

use crate::Failure;
use crate::arguments::Arguments;
use crate::build::{self, Emulator, Kind, SHOP};
use crate::files::WORK;
use crate::progress::{Done, Progress};
use crate::tool::{self, Running, Tool};
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

const USUAL_PORT: u16 = 8080;
/// How many ports after the wished one are tried.
const OTHER_PORTS: u16 = 50;
/// The service makes and fills its database on the first start.
const START_LIMIT: Duration = Duration::from_secs(30);

pub fn run(words: &[String]) -> Result<(), Failure> {
    let arguments = Arguments::read(words, &["--fast"], &["--port"])?;
    arguments.words(0)?;
    let wished = arguments.value("--port").map_or(Ok(USUAL_PORT), |port| {
        port.parse().map_err(|_| format!("`--port {port}` is not a port: it goes from 0 to 65535."))
    })?;
    let kind = Kind::from_fast(arguments.has("--fast"));
    let mut progress = Progress::new(build::steps(kind) + 2);
    build::build(kind, Emulator::With, &mut progress)?;
    progress.step("store service", || service_program().map(|_| Done::Fresh))?;
    let program = program_path("vitrine-service")?;
    let mut started = None;
    progress.step("start", || {
        let port = free_port(wished)?;
        started = Some((start(&program, port)?, port));
        Ok(Done::Fresh)
    })?;
    let Some((mut service, port)) = started else { return Ok(()) };
    println!("\n  The shop is open at http://127.0.0.1:{port}/    (Ctrl-C closes it)\n");
    let status = service.wait()?;
    if tool::is_stopping() {
        return Ok(());
    }
    Err(format!("the store service ended by itself ({status}); what it said stands above."))
}

/// Builds the store service and gives its program.
pub fn service_program() -> Result<PathBuf, Failure> {
    Tool::cargo("mend what the compiler says about the service.")
        .arguments(["build", "--package", "vitrine-service"])
        .quiet()?;
    program_path("vitrine-service")
}

/// The native command, built now.
pub fn native_command() -> Result<PathBuf, Failure> {
    Tool::cargo("mend what the compiler says about the command.")
        .arguments(["build", "--package", "vitrine", "--bin", "vitrine"])
        .quiet()?;
    program_path("vitrine")
}

/// Cargo puts programs beside the one that runs now.
fn program_path(name: &str) -> Result<PathBuf, Failure> {
    let own = std::env::current_exe().map_err(|error| format!("cannot find the built programs: {error}"))?;
    Ok(own.with_file_name(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

fn start(program: &std::path::Path, port: u16) -> Result<Running, Failure> {
    std::fs::create_dir_all(WORK).map_err(|error| format!("cannot make {WORK}: {error}"))?;
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let database = format!("sqlite:{WORK}/store.sqlite");
    let mut service =
        Tool::new(&program.display().to_string(), "build it with `cargo build --package vitrine-service`.")
            .arguments(["--listen", &address.to_string(), "--database", &database])
            .arguments(["--seed", "service/seed.json", "--www", SHOP])
            .start()?;
    let begun = Instant::now();
    while !answers(address) {
        if let Some(status) = service.ended() {
            return Err(format!("the store service ended at once ({status}); what it said stands above."));
        }
        if tool::is_stopping() {
            return Err("stopped.".into());
        }
        if begun.elapsed() > START_LIMIT {
            return Err(format!("the store service does not answer on {address} after {} s.", START_LIMIT.as_secs()));
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(service)
}

/// Whether somebody speaks HTTP there and shows a page.
fn answers(address: SocketAddr) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_millis(500))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        stream.write_all(format!("GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes())?;
        let mut begin = [0; 12];
        stream.read_exact(&mut begin)?;
        Ok(begin.starts_with(b"HTTP/1.1 "))
    };
    ask().unwrap_or(false)
}

/// `wished`, or the next port that nobody uses; 0 lets the system choose.
fn free_port(wished: u16) -> Result<u16, Failure> {
    let ports = wished..=wished.saturating_add(OTHER_PORTS);
    let free = ports.into_iter().find_map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok());
    let port = free.and_then(|listener| listener.local_addr().ok()).map(|address| address.port());
    port.ok_or_else(|| format!("no port from {wished} on is free; name another with --port."))
}

#[cfg(test)]
mod tests {
    use super::{answers, free_port};
    use std::io::{Read as _, Write as _};
    use std::net::{Ipv4Addr, TcpListener};

    #[test]
    fn a_taken_port_gives_the_next_free_one() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        assert!(free_port(port).unwrap() > port);
    }

    #[test]
    fn tells_a_web_server_from_another() {
        for (reply, expected) in [("HTTP/1.1 200 OK\r\n\r\n", true), ("SSH-2.0-nothing here", false)] {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
            let address = listener.local_addr().unwrap();
            let server = std::thread::spawn(move || {
                let (mut stream, _) = listener.accept().unwrap();
                let _ = stream.read(&mut [0; 512]);
                stream.write_all(reply.as_bytes()).unwrap();
            });
            assert_eq!(answers(address), expected);
            server.join().unwrap();
        }
    }
}
