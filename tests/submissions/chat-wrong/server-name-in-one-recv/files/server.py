import socket,sys,threading
s=socket.socket(); s.setsockopt(socket.SOL_SOCKET,socket.SO_REUSEADDR,1)
s.bind((sys.argv[1],int(sys.argv[2]))); s.listen(128)
cs={}; L=threading.Lock()
def tell(me,b):
    with L:
        for o in list(cs):
            if o is not me:
                try: o.sendall(b)
                except OSError: pass
def serve(c):
    try:
        name=c.recv(1024).strip()
        with L: cs[c]=name
        buf=b''
        while True:
            d=c.recv(4096)
            if not d: break
            buf+=d
            while b'\n' in buf:
                l,buf=buf.split(b'\n',1); tell(c,name+b': '+l+b'\n')
    except OSError: pass
    with L: cs.pop(c,None)
    c.close()
while True:
    c,_=s.accept(); threading.Thread(target=serve,args=(c,),daemon=True).start()
