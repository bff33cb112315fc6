package io.jverto.sip.digest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestVectorsTest {
    private static final String NONCE_7616 = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    private static final String CNONCE_7616 = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

    /// RFC 7616 section 3.9.1; the one of MD5-sess was computed with another program from the same values.
    @ParameterizedTest
    @CsvSource({
        "MD5, 8ca523f5e9506fed4657c9700eebdbec",
        "MD5_SESS, e783283f46242139c486a698fec7211d",
        "SHA_256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
    })
    void agreesWithRfc7616(DigestAlgorithm algorithm, String expected) {
        String ha1 = algorithm.ha1("Mufasa", "http-auth@example.org", "Circle of Life");
        Credentials credentials = new Credentials(
                "Mufasa", "http-auth@example.org", NONCE_7616, "/dir/index.html", "", algorithm, CNONCE_7616, "00000001", "auth", "");

        assertThat(algorithm.response(ha1, "GET", credentials, true)).isEqualTo(expected);
    }

    /// RFC 2617 section 3.5.
    @Test
    void agreesWithRfc2617() {
        Credentials credentials = Credentials.parse("""
                Digest username="Mufasa", realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", uri="/dir/index.html", \
                qop=auth, nc=00000001, cnonce="0a4f113b", response="6629fae49393a05397450978507c4ef1", \
                opaque="5ccc069c403ebaf9f0171e9517f40e41\"""").orElseThrow();
        String ha1 = DigestAlgorithm.MD5.ha1("Mufasa", "testrealm@host.com", "Circle Of Life");

        assertThat(DigestAlgorithm.MD5.response(ha1, "GET", credentials, true)).isEqualTo(credentials.response());
    }

    @Test
    void whatIsWrittenIsReadTheSame() {
        Challenge challenge = new Challenge("a \"realm\" \\", "n0,nce=", "op", DigestAlgorithm.SHA_256, true, true);
        Credentials credentials = new Credentials("u\"s", "r", "n", "sip:a@b", "00", DigestAlgorithm.MD5, "c", "0000000a", "auth", "o");

        assertThat(Challenge.parse(challenge.toString())).contains(challenge);
        assertThat(Credentials.parse(credentials.header())).contains(credentials);
        assertThat(credentials.toString()).doesNotContain("u\"s").doesNotContain("00");
    }

    @Test
    void whatIsHalfIsNothing() {
        assertThat(Challenge.parse("Basic realm=\"a\"")).isEmpty();
        assertThat(Challenge.parse("Digest realm=\"a\"")).isEmpty();
        assertThat(Challenge.parse("Digest realm=\"a\", nonce=\"b\", realm=\"c\"")).isEmpty();
        assertThat(Challenge.parse("Digest realm=\"a, nonce=\"b\"")).isEmpty();
        assertThat(Challenge.parse("Digest realm=\"a\", nonce=\"b\", algorithm=SHA-1")).isEmpty();
        assertThat(Challenge.parse("Digest realm=\"a\", nonce=\"b\", qop=\"auth-int\"")).isEmpty();
        assertThat(Challenge.parse("Digest realm=\"a\",nonce=b,qop=\"auth-int , auth\"")).get().extracting(Challenge::qop).isEqualTo(true);
        assertThat(Challenge.parse("digest " + "x=y,".repeat(100) + "realm=a,nonce=b")).isEmpty();
        assertThat(Credentials.parse("Digest username=\"a\", realm=\"b\", nonce=\"c\", uri=\"d\"")).isEmpty();
        assertThat(Credentials.parse("Digest username=\"a\", realm=\"b\", nonce=\"c\", uri=\"d\", response=\"e\", qop=auth, nc=1")).isEmpty();
        assertThat(Credentials.parse("Digest " + "\\\"".repeat(4_000))).isEmpty();
    }
}
