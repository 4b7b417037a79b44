package client;

import java.io.*;
import java.net.*;

public class Main {
    public static void main(String[] args) {
        try (Socket s = new Socket(args[0], Integer.parseInt(args[1]))) {
            s.getOutputStream().write(args[2].getBytes("UTF-8"));
            InputStream in = s.getInputStream();
            ByteArrayOutputStream jawab = new ByteArrayOutputStream();
            for (int b = 0; b != '.'; jawab.write(b))
                if ((b = in.read()) == -1)
                    throw new EOFException("putus");
            System.out.println(jawab.toString("UTF-8"));
        } catch (IOException e) {
            System.err.println("Gagal: " + e);
            System.exit(1);
        }
    }
}
