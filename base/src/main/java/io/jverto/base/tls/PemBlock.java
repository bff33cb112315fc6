package io.jverto.base.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What stands between a `BEGIN` and its `END` (RFC 7468). Text outside of blocks is passed over.
///
/// @param encrypted as the headers of old keys say it (RFC 1421 section 4.6.1.1)
/// @param line of its `BEGIN`, the first is 1
record PemBlock(String label, byte[] der, boolean encrypted, int line) {
    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*");

    /// @param file its name, for messages
    /// @throws CertificateProblem when a block does not end, or is not base64
    static List<PemBlock> read(String file, byte[] text) throws CertificateProblem {
        String[] lines = new String(text, StandardCharsets.ISO_8859_1).split("\\r\\n|\\n|\\r", -1);
        List<PemBlock> blocks = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            Matcher begin = BEGIN.matcher(lines[i].strip());
            if (begin.matches()) {
                int end = end(file, lines, i, begin.group(1));
                blocks.add(block(file, lines, i, end, begin.group(1)));
                i = end;
            }
        }
        return blocks;
    }

    private static int end(String file, String[] lines, int begin, String label) throws CertificateProblem {
        for (int i = begin + 1; i < lines.length; i++) {
            String line = lines[i].strip();
            if (line.equals("-----END " + label + "-----")) {
                return i;
            }
            if (line.startsWith("-----")) {
                break;
            }
        }
        throw new CertificateProblem("no usable certificate and key in " + file + ": the " + label + " that begins in line " + (begin + 1)
                + " has no end, the file is cut off; copy it there once more, whole");
    }

    private static PemBlock block(String file, String[] lines, int begin, int end, String label) throws CertificateProblem {
        StringBuilder body = new StringBuilder();
        boolean encrypted = label.equals("ENCRYPTED PRIVATE KEY");
        for (int i = begin + 1; i < end; i++) {
            if (lines[i].contains(":")) {
                encrypted |= lines[i].contains("ENCRYPTED");
            } else {
                body.append(lines[i].strip());
            }
        }
        try {
            return new PemBlock(label, encrypted ? new byte[0] : Base64.getDecoder().decode(body.toString()), encrypted, begin + 1);
        } catch (IllegalArgumentException damaged) {
            throw new CertificateProblem("no usable certificate and key in " + file + ": the " + label + " in line " + (begin + 1)
                    + " is damaged; copy the file there once more, whole", damaged);
        }
    }
}
