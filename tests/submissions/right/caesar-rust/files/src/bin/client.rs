use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::exit;

fn main() {
    let a: Vec<String> = std::env::args().skip(1).collect();
    let mut s = TcpStream::connect(format!("{}:{}", a[0], a[1])).unwrap_or_else(|e| {
        eprintln!("tidak terhubung: {e}");
        exit(1)
    });
    write!(s, "{}{}{}.", a[2], a[3], a[4]).unwrap();
    let mut hasil = Vec::new();
    BufReader::new(s).read_until(b'.', &mut hasil).expect("baca");
    if hasil.last() != Some(&b'.') {
        eprintln!("jawaban tidak utuh");
        exit(1);
    }
    println!("{}", String::from_utf8_lossy(&hasil));
}
