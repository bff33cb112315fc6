package io.jverto.wire.verto;

/// What a request lacks, with the text that says so.
public enum Missing {
    PARAMS("Params data missing"),
    DIALOG("Dialog data missing"),
    CALL_ID("CallID missing"),
    SDP("SDP missing"),
    ACTION("action missing"),
    CANDIDATE("candidate missing");

    private final String text;

    Missing(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
