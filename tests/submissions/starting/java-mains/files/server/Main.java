package server;

import java.io.*;
import java.net.*;

public class Main {
    public static void main(String[] args) throws IOException {
        try (ServerSocket ss = new ServerSocket(Integer.parseInt(args[1]))) {
            while (true) {
                try (Socket s = ss.accept()) {
                    InputStream in = new BufferedInputStream(s.getInputStream());
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    int b = 0;
                    while (b != '.' && (b = in.read()) != -1)
                        out.write(b);
                    if (b == '.')
                        out.writeTo(s.getOutputStream());
                } catch (IOException e) {
                    System.err.println(e);
                }
            }
        }
    }
}
