use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

#[derive(Default)]
struct Tally {
    requests: u64,
    letters: u64,
}

fn read_request(stream: &mut TcpStream) -> io::Result<Option<Vec<u8>>> {
    let mut request = Vec::new();
    let mut chunk = [0u8; 4096];
    while request.len() < 1 << 20 {
        let n = match stream.read(&mut chunk) {
            Ok(0) => return Ok(None),
            Ok(n) => n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        if let Some(dot) = chunk[..n].iter().position(|&b| b == b'.') {
            request.extend_from_slice(&chunk[..=dot]);
            return Ok(Some(request));
        }
        request.extend_from_slice(&chunk[..n]);
    }
    Ok(None)
}

fn shift_of(head: &[u8]) -> u8 {
    let (tens, ones) = (head[1], head[2]);
    if !tens.is_ascii_digit() || !ones.is_ascii_digit() {
        return 0;
    }
    let shift = ((tens - b'0') * 10 + (ones - b'0')) % 26;
    if head[0] == b'd' {
        (26 - shift) % 26
    } else {
        shift
    }
}

fn translate(request: &[u8], tally: &mut Tally) -> Vec<u8> {
    let (head, text) = request.split_at(3);
    let shift = shift_of(head);
    tally.requests += 1;
    text.iter()
        .map(|&b| {
            if b.is_ascii_lowercase() {
                tally.letters += 1;
                b'a' + (b - b'a' + shift) % 26
            } else {
                b
            }
        })
        .collect()
}

fn drain(stream: &mut TcpStream) -> io::Result<()> {
    let until = Instant::now() + Duration::from_secs(1);
    let mut waste = [0u8; 1024];
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(());
        }
        stream.set_read_timeout(Some(left))?;
        match stream.read(&mut waste) {
            Ok(0) => return Ok(()),
            Err(e) if e.kind() != io::ErrorKind::Interrupted => return Ok(()),
            _ => {}
        }
    }
}

fn serve(mut stream: TcpStream, tally: &Mutex<Tally>) -> io::Result<()> {
    let request = match read_request(&mut stream)? {
        Some(request) => request,
        None => return Ok(()),
    };
    let answer = {
        let mut tally = tally.lock().unwrap();
        translate(&request, &mut tally)
    };
    stream.write_all(&answer)?;
    stream.shutdown(Shutdown::Write)?;
    drain(&mut stream)?;
    let tally = tally.lock().unwrap();
    eprintln!("{} requests, {} letters so far", tally.requests, tally.letters);
    Ok(())
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if args.len() != 3 {
        eprintln!("usage: {} HOST PORT", args[0]);
        std::process::exit(2);
    }
    let port: u16 = match args[2].parse() {
        Ok(port) => port,
        Err(_) => {
            eprintln!("not a port: {}", args[2]);
            std::process::exit(2);
        }
    };
    let listener = match TcpListener::bind((&args[1][..], port)) {
        Ok(listener) => listener,
        Err(e) => {
            eprintln!("bind: {}", e);
            std::process::exit(1);
        }
    };
    let tally = Arc::new(Mutex::new(Tally::default()));
    for stream in listener.incoming() {
        match stream {
            Ok(stream) => {
                let tally = Arc::clone(&tally);
                thread::spawn(move || {
                    if let Err(e) = serve(stream, &tally) {
                        eprintln!("client: {}", e);
                    }
                });
            }
            Err(e) => {
                eprintln!("accept: {}", e);
                thread::sleep(Duration::from_millis(100));
            }
        }
    }
}
