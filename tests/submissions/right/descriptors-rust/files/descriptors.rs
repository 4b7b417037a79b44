use std::os::unix::io::AsRawFd;

fn main() {
    println!("write to stdout");
    eprintln!("write to stderr");
    println!(
        "({}, {}, {})",
        std::io::stdin().as_raw_fd(),
        std::io::stdout().as_raw_fd(),
        std::io::stderr().as_raw_fd()
    );
}
