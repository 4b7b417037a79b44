#!/usr/bin/env ruby
require 'socket'

ABJAD = ('a'..'z').to_a.join.b

def terjemah(permintaan)
  mode = permintaan[0]
  angka = permintaan[1, 2]
  n = angka.match?(/\A[0-9]{2}\z/n) ? angka.to_i(10) % 26 : 0
  n = -n if mode == 'd'
  permintaan[3..].tr(ABJAD, ABJAD.chars.rotate(n).join)
end

server = TCPServer.new(ARGV.fetch(0), Integer(ARGV.fetch(1)))
while (client = server.accept)
  begin
    permintaan = client.gets('.')&.b
    client.write(terjemah(permintaan)) if permintaan && permintaan.end_with?('.') && permintaan.size > 3
  rescue SystemCallError, IOError => e
    warn e.full_message
  ensure
    client.close
  end
end
