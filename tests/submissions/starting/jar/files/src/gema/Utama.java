package gema;

import java.net.*;

public class Utama {
    public static void main(String[] a) throws Exception {
        ServerSocket s = new ServerSocket();
        s.bind(new InetSocketAddress(a[0], Integer.parseInt(a[1])));
        for (;;) {
            new Thread(new Tugas(s.accept())).start();
        }
    }
}
