console.log('write to stdout');
console.error('write to stderr');
console.log(process.stdin.fd, process.stdout.fd, process.stderr.fd);
