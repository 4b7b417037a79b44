use std::env;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Result, Write};
use std::net::UdpSocket;
use std::time::{Duration, Instant};

/// Stop-and-wait receiver.
struct Receiver {
    sock: UdpSocket,
    next: u32,
    out: std::fs::File,
    ended: Option<Instant>,
}

impl Receiver {
    fn new(addr: &str, path: &str) -> Result<Receiver> {
        Ok(Receiver {
            sock: UdpSocket::bind(addr)?,
            next: 0,
            out: OpenOptions::new().write(true).create(true).open(path)?,
            ended: None,
        })
    }

    fn step(&mut self) -> Result<()> {
        let mut b = [0u8; 1500];
        let (n, peer) = self.sock.recv_from(&mut b)?;
        if n < 4 {
            return Ok(());
        }
        let seq = u32::from_be_bytes([b[0], b[1], b[2], b[3]]);
        if seq == self.next && self.ended.is_none() {
            if n == 4 {
                self.out.sync_all()?;
                self.ended = Some(Instant::now());
                eprintln!("end of file after {} datagrams", seq);
            } else {
                self.out.write_all(&b[4..n])?;
            }
            self.next = self.next.wrapping_add(1);
        }
        if seq < self.next {
            self.sock.send_to(&seq.to_be_bytes(), peer)?;
        }
        Ok(())
    }

    fn run(&mut self) -> Result<()> {
        let linger = Duration::from_millis(2500);
        loop {
            if let Some(t) = self.ended {
                match linger.checked_sub(t.elapsed()) {
                    Some(rest) if !rest.is_zero() => self.sock.set_read_timeout(Some(rest))?,
                    _ => return Ok(()),
                }
            }
            match self.step() {
                Ok(()) => {}
                Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted) => {}
                Err(e) => return Err(e),
            }
        }
    }
}

fn main() {
    let a: Vec<String> = env::args().collect();
    if a.len() != 4 {
        eprintln!("usage: {} HOST PORT FILE", a[0]);
        std::process::exit(2);
    }
    let r = Receiver::new(&format!("{}:{}", a[1], a[2]), &a[3]).and_then(|mut r| r.run());
    if let Err(e) = r {
        eprintln!("error: {}", e);
        std::process::exit(1);
    }
}
