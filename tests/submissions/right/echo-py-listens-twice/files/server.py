import socket,sys,time
port=int(sys.argv[2])
s=socket.socket(socket.AF_INET6); s.setsockopt(socket.SOL_SOCKET,socket.SO_REUSEADDR,1); s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY,1); s.bind(('::',port)); s.listen()
time.sleep(0.3)
t=socket.socket(); t.setsockopt(socket.SOL_SOCKET,socket.SO_REUSEADDR,1); t.bind(('',port)); t.listen()
import selectors,threading
def serve(l):
    while True:
        c,_=l.accept()
        threading.Thread(target=echo,args=(c,),daemon=True).start()
def echo(c):
    try:
        while d:=c.recv(4096): c.sendall(d)
    except OSError: pass
    c.close()
threading.Thread(target=serve,args=(s,)).start()
serve(t)
