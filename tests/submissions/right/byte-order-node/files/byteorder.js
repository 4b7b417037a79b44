const text = process.argv[2];
const n = Number(text);
if (!/^[0-9]+$/.test(text) || n > 65535) {
  console.error(`${text}: not a number of two bytes`);
  process.exit(1);
}
const b = Buffer.alloc(2);
b.writeUInt16BE(n);
console.log(b);
b.writeUInt16LE(n);
console.log(b);
