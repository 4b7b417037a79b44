#!/usr/bin/env node
'use strict';
const net = require('net');

const args = process.argv.slice(2);
if (args.length < 3) {
  console.error('usage: client.js HOST PORT MESSAGE');
  process.exit(2);
}
const host = args[0].trim();
const port = Number(args[1].trim());
const message = Buffer.from(args[2].trim(), 'utf8');

function fail(text) {
  console.error('client: ' + text);
  process.exit(1);
}

const chunks = [];
let got = 0;
let finished = false;

const socket = net.connect(port, host, () => {
  socket.write(message);
});

socket.on('data', (d) => {
  chunks.push(d);
  got += d.length;
  if (got >= message.length && !finished) {
    finished = true;
    const answer = Buffer.concat(chunks).subarray(0, message.length);
    process.stdout.write(answer);
    process.stdout.write('\n', () => socket.destroy());
  }
});

socket.on('error', (e) => { if (!finished) fail(e.message); });
socket.on('end', () => { if (!finished) fail(`connection ended after ${got} bytes`); });
