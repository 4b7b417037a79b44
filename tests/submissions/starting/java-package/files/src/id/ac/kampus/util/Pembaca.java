package id.ac.kampus.util;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

public class Pembaca {
    public static byte[] sampai(InputStream masuk, char akhir) throws IOException {
        InputStream in = new BufferedInputStream(masuk);
        ByteArrayOutputStream hasil = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0; c = in.read()) {
            hasil.write(c);
            if (c == akhir)
                return hasil.toByteArray();
        }
        return null;
    }
}
