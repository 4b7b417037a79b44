package gema;

import java.io.*;
import java.net.Socket;

class Tugas implements Runnable {
    private final Socket s;

    Tugas(Socket s) {
        this.s = s;
    }

    public void run() {
        try {
            PushbackInputStream in = new PushbackInputStream(new BufferedInputStream(s.getInputStream()));
            OutputStream out = new BufferedOutputStream(s.getOutputStream());
            int c;
            while ((c = in.read()) >= 0) {
                out.write(c);
                if (c == '.')
                    break;
            }
            out.flush();
        } catch (IOException e) {
            System.err.println("tugas: " + e);
        } finally {
            try {
                s.close();
            } catch (IOException e) {
                System.err.println("close: " + e);
            }
        }
    }
}
