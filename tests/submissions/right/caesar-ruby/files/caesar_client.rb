#!/usr/bin/env ruby
require 'socket'

host, port, mode, geser, teks = ARGV
s = TCPSocket.new(host, port)
s << mode << geser << teks << '.'
jawab = s.gets('.')
abort 'server tidak menjawab sampai titik' unless jawab&.end_with?('.')
puts jawab
