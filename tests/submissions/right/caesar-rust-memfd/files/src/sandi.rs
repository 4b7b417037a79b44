use std::ffi::{c_char, c_int, c_uint};
use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::fd::{AsRawFd, FromRawFd};
use std::time::{Duration, Instant};

extern "C" {
    fn memfd_create(name: *const c_char, flags: c_uint) -> c_int;
    fn sendfile(out_fd: c_int, in_fd: c_int, offset: *mut i64, count: usize) -> isize;
}

const MFD_CLOEXEC: c_uint = 1;
const TERPANJANG: usize = 1024 * 1024;

/// Satu byte dari klien; None kalau klien sudah selesai.
fn satu(s: &mut TcpStream) -> io::Result<Option<u8>> {
    let mut b = [0u8];
    loop {
        match s.read(&mut b) {
            Ok(0) => return Ok(None),
            Ok(_) => return Ok(Some(b[0])),
            Err(e) if e.kind() == ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        }
    }
}

/// Tabel 256 byte untuk satu permintaan.
fn tabel(mode: u8, puluh: u8, satuan: u8) -> [u8; 256] {
    let geser = if puluh.is_ascii_digit() && satuan.is_ascii_digit() {
        (u32::from(puluh - b'0') * 10 + u32::from(satuan - b'0')) % 26
    } else {
        0
    };
    let geser = if mode == b'd' { 26 - geser } else { geser };
    let mut t = [0u8; 256];
    for (i, x) in t.iter_mut().enumerate() {
        let c = i as u8;
        *x = if c.is_ascii_lowercase() {
            b'a' + ((u32::from(c - b'a') + geser) % 26) as u8
        } else {
            c
        };
    }
    t
}

fn kirim(s: &TcpStream, jawab: &[u8]) -> io::Result<()> {
    let fd = unsafe { memfd_create(b"jawab\0".as_ptr() as *const c_char, MFD_CLOEXEC) };
    if fd < 0 {
        return Err(io::Error::last_os_error());
    }
    let mut berkas = unsafe { File::from_raw_fd(fd) };
    berkas.write_all(jawab)?;

    let mut posisi = 0i64;
    while (posisi as usize) < jawab.len() {
        let sisa = jawab.len() - posisi as usize;
        let n = unsafe { sendfile(s.as_raw_fd(), berkas.as_raw_fd(), &mut posisi, sisa) };
        if n < 0 {
            let e = io::Error::last_os_error();
            if e.kind() != ErrorKind::Interrupted {
                return Err(e);
            }
        } else if n == 0 {
            return Err(ErrorKind::WriteZero.into());
        }
    }
    Ok(())
}

fn tutup(mut s: TcpStream) -> io::Result<()> {
    s.shutdown(Shutdown::Write)?;
    s.set_read_timeout(Some(Duration::from_millis(150)))?;
    let mulai = Instant::now();
    let mut b = [0u8; 1024];
    while mulai.elapsed() < Duration::from_millis(1200) {
        match s.read(&mut b) {
            Ok(0) => break,
            Ok(_) => {}
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) if e.kind() == ErrorKind::WouldBlock => {}
            Err(e) => return Err(e),
        }
    }
    Ok(())
}

fn layani(mut s: TcpStream) -> io::Result<()> {
    let mut kepala = [0u8; 3];
    for k in kepala.iter_mut() {
        match satu(&mut s)? {
            Some(b) => *k = b,
            None => return Ok(()),
        }
    }
    let t = tabel(kepala[0], kepala[1], kepala[2]);

    let mut jawab = Vec::with_capacity(65536);
    loop {
        match satu(&mut s)? {
            Some(b'.') => break,
            Some(b) if jawab.len() < TERPANJANG => jawab.push(t[b as usize]),
            Some(_) => return Err(io::Error::new(ErrorKind::InvalidData, "terlalu panjang")),
            None => return Ok(()),
        }
    }
    jawab.push(b'.');
    kirim(&s, &jawab)?;
    tutup(s)
}

fn main() -> io::Result<()> {
    let arg: Vec<String> = std::env::args().collect();
    if arg.len() != 3 {
        eprintln!("pakai: server HOST PORT");
        std::process::exit(2);
    }
    let port = arg[2]
        .parse::<u16>()
        .map_err(|e| io::Error::new(ErrorKind::InvalidInput, format!("port: {e}")))?;
    let l = TcpListener::bind((arg[1].as_str(), port))?;
    loop {
        match l.accept() {
            Ok((s, dari)) => {
                if let Err(e) = layani(s) {
                    eprintln!("{dari}: {e}");
                }
            }
            Err(e) => {
                eprintln!("accept: {e}");
                std::thread::sleep(Duration::from_millis(20));
            }
        }
    }
}
