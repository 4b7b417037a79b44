use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

fn geser(b: u8, n: u8) -> u8 {
    if b.is_ascii_lowercase() {
        (b - b'a' + n) % 26 + b'a'
    } else {
        b
    }
}

fn tangani(stream: TcpStream) -> std::io::Result<()> {
    let mut permintaan = Vec::new();
    BufReader::new(&stream).read_until(b'.', &mut permintaan)?;
    if !permintaan.ends_with(b".") || permintaan.len() < 4 {
        return Ok(());
    }
    let d = &permintaan[1..3];
    let mut n = 0;
    if d[0].is_ascii_digit() && d[1].is_ascii_digit() {
        n = ((d[0] - b'0') * 10 + (d[1] - b'0')) % 26;
    }
    if permintaan[0] == b'd' {
        n = (26 - n) % 26;
    }
    let hasil: Vec<u8> = permintaan[3..].iter().map(|&b| geser(b, n)).collect();
    (&stream).write_all(&hasil)
}

fn main() -> std::io::Result<()> {
    let a: Vec<String> = std::env::args().collect();
    let l = TcpListener::bind(format!("{}:{}", a[1], a[2]))?;
    loop {
        let (s, dari) = l.accept()?;
        if let Err(e) = tangani(s) {
            eprintln!("{dari}: {e}");
        }
    }
}
