package io.jverto.base.tls;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Private keys of all forms, made what Java reads: PKCS #8 (RFC 5958). An older key is wrapped into it, which adds the name of its algorithm.
final class PrivateKeys {
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int OBJECT_ID = 0x06;
    /// The tag of a key's curve (RFC 5915 section 3): `[0]`.
    private static final int CURVE = 0xa0;
    private static final byte[] VERSION_0 = {2, 1, 0};
    /// 1.2.840.113549.1.1.1 with its NULL (RFC 8017 appendix A.1).
    private static final byte[] RSA = {SEQUENCE, 13, OBJECT_ID, 9, 42, -122, 72, -122, -9, 13, 1, 1, 1, 5, 0};
    /// 1.2.840.10045.2.1 (RFC 5480 section 2.1.1).
    private static final byte[] EC = {OBJECT_ID, 7, 42, -122, 72, -50, 61, 2, 1};
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA", "RSASSA-PSS");
    private static final byte[] SAMPLE = "is it the key of this certificate?".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private PrivateKeys() {}

    /// @param curve of an `EC PARAMETERS` block before it; empty when there was none
    /// @return empty when Java knows no such key
    static Optional<PrivateKey> decode(PemBlock block, byte[] curve) {
        return switch (block.label()) {
            case "PRIVATE KEY" -> pkcs8(block.der());
            case "RSA PRIVATE KEY" -> pkcs8(wrapped(RSA, block.der()));
            case "EC PRIVATE KEY" -> pkcs8(wrapped(sequence(EC, curve.length == 0 ? curve(block.der()) : curve), block.der()));
            default -> Optional.empty();
        };
    }

    static boolean isKey(PemBlock block) {
        return block.label().endsWith("PRIVATE KEY");
    }

    /// Whether what the one signs can be proved by the other.
    static boolean match(PrivateKey key, PublicKey certified) {
        if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(switch (key.getAlgorithm()) {
                case "EC" -> "SHA256withECDSA";
                case "RSA" -> "SHA256withRSA";
                default -> key.getAlgorithm();
            });
            signature.initSign(key);
            signature.update(SAMPLE);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(SAMPLE);
            return signature.verify(signed);
        } catch (GeneralSecurityException others) {
            return false;
        }
    }

    private static Optional<PrivateKey> pkcs8(byte[] der) {
        for (String algorithm : ALGORITHMS) {
            try {
                return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
            } catch (GeneralSecurityException another) {
                // the next one
            }
        }
        return Optional.empty();
    }

    private static byte[] wrapped(byte[] algorithm, byte[] key) {
        return sequence(VERSION_0, algorithm, tagged(OCTETS, key));
    }

    /// The name of the curve inside of an EC key: SEQUENCE { version, OCTET STRING, [0] { name }, ... }.
    private static byte[] curve(byte[] key) {
        int at = content(key, 0);
        while (at >= 0 && at + 1 < key.length) {
            int inside = content(key, at);
            int length = inside < 0 ? -1 : length(key, at);
            if (length < 0 || inside + length > key.length) {
                return new byte[0];
            }
            if ((key[at] & 0xff) == CURVE) {
                return Arrays.copyOfRange(key, inside, inside + length);
            }
            at = inside + length;
        }
        return new byte[0];
    }

    /// @return where what is tagged at that place begins; -1 when it does not
    private static int content(byte[] der, int at) {
        if (at + 1 >= der.length) {
            return -1;
        }
        int first = der[at + 1] & 0xff;
        return first < 0x80 ? at + 2 : first <= 0x82 ? at + 2 + (first & 0x7f) : -1;
    }

    private static int length(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        int length = first < 0x80 ? first : 0;
        for (int i = 0; first >= 0x80 && i < (first & 0x7f); i++) {
            if (at + 2 + i >= der.length) {
                return -1;
            }
            length = length << 8 | der[at + 2 + i] & 0xff;
        }
        return length;
    }

    private static byte[] sequence(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return tagged(SEQUENCE, all.toByteArray());
    }

    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
