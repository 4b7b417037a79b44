use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

static RUNNING: AtomicBool = AtomicBool::new(true);

fn timed_out(e: &io::Error) -> bool {
    matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}

fn drain(stream: &TcpStream) -> io::Result<()> {
    stream.shutdown(Shutdown::Write)?;
    let end = Instant::now() + Duration::from_secs(1);
    let mut junk = [0u8; 4096];
    while Instant::now() < end {
        let mut s = stream;
        match s.read(&mut junk) {
            Ok(0) => break,
            Ok(_) => {}
            Err(e) if timed_out(&e) || e.kind() == ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(())
}

fn serve(stream: &TcpStream) -> io::Result<()> {
    // wakes up now and then to see whether the server is to end
    stream.set_read_timeout(Some(Duration::from_millis(250)))?;
    let mut reader = BufReader::new(stream);
    let mut message = Vec::new();
    while RUNNING.load(Ordering::Relaxed) {
        message.clear();
        match reader.read_until(b'.', &mut message) {
            Ok(_) => break,
            Err(e) if timed_out(&e) => continue,
            Err(e) => return Err(e),
        }
    }
    if message.last() != Some(&b'.') {
        return Ok(());
    }
    let mut out = stream;
    out.write_all(&message)?;
    drain(stream)
}

fn main() {
    let mut args = std::env::args().skip(1);
    let host = args.next().expect("HOST");
    let port: u16 = args.next().expect("PORT").parse().expect("PORT");
    let listener = TcpListener::bind((host.as_str(), port)).expect("bind");
    for stream in listener.incoming().flatten() {
        let _ = serve(&stream);
    }
}
