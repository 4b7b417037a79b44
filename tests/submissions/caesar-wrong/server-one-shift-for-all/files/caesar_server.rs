mod sandi;

use std::env;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

const BATAS: usize = 1 << 22;

fn isi(s: &mut TcpStream, buf: &mut [u8]) -> io::Result<usize> {
    loop {
        match s.read(buf) {
            Err(ref e) if e.kind() == io::ErrorKind::Interrupted => continue,
            lain => return lain,
        }
    }
}

fn klien(mut s: TcpStream) -> io::Result<()> {
    // kepala: satu huruf dan dua angka
    let mut kepala = [0u8; 3];
    let mut ada = 0;
    while ada < 3 {
        let n = isi(&mut s, &mut kepala[ada..])?;
        if n == 0 {
            return Ok(());
        }
        ada += n;
    }
    sandi::pasang_kunci(&kepala);

    let mut jawab: Vec<u8> = Vec::new();
    let mut buf = [0u8; 4096];
    loop {
        let n = isi(&mut s, &mut buf)?;
        if n == 0 || jawab.len() > BATAS {
            return Ok(());
        }
        let titik = buf[..n].iter().position(|b| *b == b'.');
        let potong = match titik {
            Some(p) => &mut buf[..p + 1],
            None => &mut buf[..n],
        };
        sandi::terjemah(potong);
        jawab.extend_from_slice(potong);
        if titik.is_some() {
            break;
        }
    }
    s.write_all(&jawab)?;

    // buang sisa kiriman klien, paling lama satu detik
    s.shutdown(Shutdown::Write)?;
    s.set_read_timeout(Some(Duration::from_millis(200)))?;
    let mulai = Instant::now();
    while mulai.elapsed() < Duration::from_secs(1) {
        match s.read(&mut buf) {
            Ok(0) => break,
            Ok(_) => {}
            Err(e) => match e.kind() {
                io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted => {}
                _ => break,
            },
        }
    }
    Ok(())
}

fn main() {
    let a: Vec<String> = env::args().collect();
    if a.len() != 3 {
        eprintln!("pakai: caesar_server HOST PORT");
        std::process::exit(1);
    }
    let alamat = format!("{}:{}", a[1], a[2]);
    let l = match TcpListener::bind(&alamat) {
        Ok(l) => l,
        Err(e) => {
            eprintln!("{}: {}", alamat, e);
            std::process::exit(1);
        }
    };
    for s in l.incoming() {
        match s {
            Ok(s) => {
                let t = thread::Builder::new().stack_size(256 * 1024).spawn(move || {
                    if let Err(e) = klien(s) {
                        eprintln!("klien: {}", e);
                    }
                });
                if t.is_err() {
                    eprintln!("terlalu banyak klien");
                }
            }
            Err(e) => {
                eprintln!("accept: {}", e);
                thread::sleep(Duration::from_millis(20));
            }
        }
    }
}
