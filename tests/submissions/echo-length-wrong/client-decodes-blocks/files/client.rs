use std::env;
use std::io::{self, Error, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::process;

const POTONG: usize = 4096;

fn kirim(s: &mut TcpStream, pesan: &str) -> io::Result<()> {
    let mut frame = Vec::with_capacity(4 + pesan.len());
    frame.extend_from_slice(&(pesan.len() as u32).to_be_bytes());
    frame.extend_from_slice(pesan.as_bytes());
    s.write_all(&frame)
}

fn terima(s: &mut TcpStream) -> io::Result<String> {
    let mut kepala = [0u8; 4];
    s.read_exact(&mut kepala)?;
    let mut sisa = u32::from_be_bytes(kepala) as usize;
    if sisa > 16 << 20 {
        return Err(Error::new(ErrorKind::InvalidData, "jawaban terlalu panjang"));
    }
    let mut teks = String::new();
    let mut buf = [0u8; POTONG];
    while sisa > 0 {
        let n = sisa.min(POTONG);
        s.read_exact(&mut buf[..n])?;
        teks.push_str(&String::from_utf8_lossy(&buf[..n]));
        sisa -= n;
    }
    Ok(teks)
}

fn main() {
    let args: Vec<String> = env::args().collect();
    if args.len() != 4 {
        eprintln!("Usage: {} HOST PORT MESSAGE", args[0]);
        process::exit(2);
    }
    let hasil = TcpStream::connect(format!("{}:{}", args[1], args[2])).and_then(|mut s| {
        kirim(&mut s, &args[3])?;
        terima(&mut s)
    });
    match hasil {
        Ok(t) => println!("{}", t),
        Err(e) => {
            eprintln!("error: {}", e);
            process::exit(1);
        }
    }
}
