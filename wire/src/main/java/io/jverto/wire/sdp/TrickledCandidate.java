package io.jverto.wire.sdp;

import java.util.Optional;

/// A candidate that comes by itself, after the description that it belongs to (RFC 8838 section 9), as browsers write it.
///
/// @param ufrag user fragment of that description, empty when nobody says
public record TrickledCandidate(String ufrag, Candidate candidate) {
    private static final int MAX_LENGTH = 1_024;
    private static final int MAX_UFRAG = 256;
    private static final String ATTRIBUTE = "a=";
    private static final String NAME = "candidate:";
    private static final String UFRAG = "ufrag";
    /// Words before the extensions of a candidate, which are pairs of a name and a value (RFC 8839 section 5.1).
    private static final int FIXED_WORDS = 8;

    /// @param text `candidate:...`, with or without `a=` before it
    /// @param ufrag what stands beside it; when that is empty, the candidate may say it itself
    /// @return empty when it is no candidate
    public static Optional<TrickledCandidate> decode(String text, String ufrag) {
        String line = text.startsWith(ATTRIBUTE) ? text.substring(ATTRIBUTE.length()) : text;
        if (line.length() > MAX_LENGTH || ufrag.length() > MAX_UFRAG || !line.startsWith(NAME)) {
            return Optional.empty();
        }
        String value = line.substring(NAME.length()).stripTrailing();
        return Candidate.decode(value)
                .map(candidate -> new TrickledCandidate(ufrag.isEmpty() ? ownUfrag(value) : ufrag, candidate));
    }

    private static String ownUfrag(String value) {
        String[] words = value.split(" ");
        for (int i = FIXED_WORDS; i + 1 < words.length; i += 2) {
            if (words[i].equals(UFRAG)) {
                return words[i + 1];
            }
        }
        return "";
    }
}
