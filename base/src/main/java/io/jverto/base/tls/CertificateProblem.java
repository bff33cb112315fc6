package io.jverto.base.tls;

import java.io.IOException;

/// A certificate or its key cannot be used. The message names the file and what to do.
public final class CertificateProblem extends IOException {
    private static final long serialVersionUID = 1;

    public CertificateProblem(String message) {
        super(message);
    }

    public CertificateProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
