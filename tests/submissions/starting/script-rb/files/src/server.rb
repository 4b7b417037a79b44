require 'socket'
s = TCPServer.open(ARGV[0], ARGV[1])
loop do
  c = s.accept
  begin
    kalimat = c.gets('.')
    c.print kalimat if kalimat && kalimat.end_with?('.')
  rescue StandardError => e
    puts e.message
  end
  c.close
end
