use std::fs::File;
use std::io;
use std::mem::ManuallyDrop;
use std::net::{Shutdown, TcpStream};
use std::os::unix::io::FromRawFd;
use std::{env, process, thread};

fn stdio(fd: i32) -> ManuallyDrop<File> {
    ManuallyDrop::new(unsafe { File::from_raw_fd(fd) })
}

fn run(host: &str, port: &str) -> io::Result<()> {
    let mut server = TcpStream::connect((host, port.parse::<u16>().unwrap_or(0)))?;
    let mut typed = server.try_clone()?;
    thread::spawn(move || {
        let _ = io::copy(&mut *stdio(0), &mut typed);
        let _ = typed.shutdown(Shutdown::Write);
    });
    io::copy(&mut server, &mut *stdio(1)).map(|_| ())
}

fn main() {
    let words: Vec<String> = env::args().collect();
    if words.len() != 3 {
        eprintln!("usage: telnet HOST PORT");
        process::exit(2);
    }
    if let Err(problem) = run(&words[1], &words[2]) {
        eprintln!("{problem}");
        process::exit(1);
    }
    process::exit(0);
}
