package io.jverto.switchboard.api;

import io.jverto.switchboard.port.CallControl.TransferResult;

/// What commands answer (dialplan-directory.md section 14).
final class Replies {
    static final String OK = "+OK\n";
    static final String SUCCESS = "+OK Success\n";
    static final String NO_CHANNEL = "-ERR No such channel!\n";
    static final String FAILED = "-ERR Operation failed\n";

    private Replies() {}

    static String usage(String text) {
        return "-USAGE: " + text + "\n";
    }

    static String okIf(boolean done, String otherwise) {
        return done ? OK : otherwise;
    }

    /// @return the text as it may stand in an attribute or element
    static String xml(String text) {
        return text.replaceAll("\\p{Cntrl}", " ").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    static String of(TransferResult result) {
        return switch (result) {
            case DONE -> OK;
            case NOT_BRIDGED, FAILED -> FAILED;
        };
    }
}
