// Tugas pemrograman soket - echo server TCP
// Nama  : Raka P.
// Pakai : ./server HOST PORT

use std::env;
use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process;
use std::thread;
use std::time::Duration;

const UKURAN: usize = 4096;

fn layani(klien: TcpStream) -> io::Result<u64> {
    let mut masuk = klien.try_clone()?;
    let mut keluar = BufWriter::with_capacity(16 * UKURAN, klien);
    let mut buf = [0u8; UKURAN];
    let mut total = 0u64;

    loop {
        let n = match masuk.read(&mut buf) {
            Ok(0) => break,
            Ok(n) => n,
            Err(ref e) if e.kind() == ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        keluar.write_all(&buf[..n])?;
        total += n as u64;
        // kalau buf penuh masih ada data lagi, jadi ditampung dulu
        // supaya jumlah system call tidak terlalu banyak
        if n < UKURAN {
            keluar.flush()?;
        }
    }
    keluar.flush()?;
    Ok(total)
}

fn main() {
    let args: Vec<String> = env::args().collect();
    if args.len() != 3 {
        eprintln!("pakai: {} HOST PORT", args[0]);
        process::exit(2);
    }
    let port: u16 = match args[2].parse() {
        Ok(p) => p,
        Err(_) => {
            eprintln!("port salah: {}", args[2]);
            process::exit(2);
        }
    };
    let listener = match TcpListener::bind((args[1].as_str(), port)) {
        Ok(l) => l,
        Err(e) => {
            eprintln!("bind gagal: {}", e);
            process::exit(1);
        }
    };
    eprintln!("mendengarkan di {}:{}", args[1], port);

    loop {
        match listener.accept() {
            Ok((klien, alamat)) => {
                let hasil = thread::Builder::new().spawn(move || match layani(klien) {
                    Ok(t) => eprintln!("{} selesai, {} byte", alamat, t),
                    Err(e) => eprintln!("{} putus: {}", alamat, e),
                });
                if let Err(e) = hasil {
                    eprintln!("thread gagal: {}", e);
                }
            }
            Err(e) => {
                eprintln!("accept: {}", e);
                thread::sleep(Duration::from_millis(20));
            }
        }
    }
}
