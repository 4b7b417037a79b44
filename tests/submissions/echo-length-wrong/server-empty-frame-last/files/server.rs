// Length-prefixed echo server.
//
// One thread; poll() tells who has something to say, then frames are read with a
// BufReader (blocking, until the frame is whole).

use std::io::{self, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::io::AsRawFd;

const MAX_FRAME: usize = 16 * 1024 * 1024;

mod c {
    #[repr(C)]
    pub struct PollFd {
        pub fd: i32,
        pub events: i16,
        pub revents: i16,
    }
    pub const POLLIN: i16 = 1;
    extern "C" {
        pub fn poll(fds: *mut PollFd, nfds: std::os::raw::c_ulong, timeout: i32) -> i32;
    }
}

struct Peer {
    reader: BufReader<TcpStream>,
}

impl Peer {
    /// Reads one frame and sends it back. Ok(false): the client is done.
    fn one_frame(&mut self) -> io::Result<bool> {
        let mut head = [0u8; 4];
        if let Err(e) = self.reader.read_exact(&mut head) {
            return if e.kind() == io::ErrorKind::UnexpectedEof { Ok(false) } else { Err(e) };
        }
        let len = u32::from_be_bytes(head) as usize;
        if len > MAX_FRAME {
            return Err(io::Error::new(io::ErrorKind::InvalidData, format!("{} is too long", len)));
        }
        let mut frame = vec![0u8; 4 + len];
        frame[..4].copy_from_slice(&head);
        self.reader.read_exact(&mut frame[4..])?;
        self.reader.get_mut().write_all(&frame)?;
        Ok(true)
    }

    fn ready(&mut self) -> io::Result<bool> {
        if !self.one_frame()? {
            return Ok(false);
        }
        // poll() knows nothing of what the BufReader has already taken
        while self.reader.buffer().len() > 4 {
            if !self.one_frame()? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

fn main() -> io::Result<()> {
    let args: Vec<String> = std::env::args().collect();
    if args.len() != 3 {
        eprintln!("usage: server HOST PORT");
        std::process::exit(2);
    }
    let port: u16 = args[2].parse().unwrap_or_else(|_| {
        eprintln!("not a port: {}", args[2]);
        std::process::exit(2)
    });
    let listener = TcpListener::bind((&args[1][..], port))?;
    let mut peers: Vec<Peer> = Vec::new();

    loop {
        let mut set: Vec<c::PollFd> = Vec::with_capacity(peers.len() + 1);
        for p in &peers {
            set.push(c::PollFd { fd: p.reader.get_ref().as_raw_fd(), events: c::POLLIN, revents: 0 });
        }
        set.push(c::PollFd { fd: listener.as_raw_fd(), events: c::POLLIN, revents: 0 });

        if unsafe { c::poll(set.as_mut_ptr(), set.len() as _, -1) } < 0 {
            let e = io::Error::last_os_error();
            if e.kind() == io::ErrorKind::Interrupted {
                continue;
            }
            return Err(e);
        }

        let knock = set.pop().map_or(false, |l| l.revents != 0);
        let mut i = 0;
        peers.retain_mut(|p| {
            let r = set[i].revents;
            i += 1;
            if r == 0 {
                return true;
            }
            match p.ready() {
                Ok(stay) => stay,
                Err(e) => {
                    eprintln!("peer: {}", e);
                    false
                }
            }
        });
        if knock {
            match listener.accept() {
                Ok((s, from)) => {
                    eprintln!("+ {}", from);
                    peers.push(Peer { reader: BufReader::new(s) });
                }
                Err(e) => {
                    eprintln!("accept: {}", e);
                    std::thread::sleep(std::time::Duration::from_millis(20));
                }
            }
        }
    }
}
