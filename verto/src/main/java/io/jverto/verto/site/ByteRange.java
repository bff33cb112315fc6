package io.jverto.verto.site;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One range of the bytes of a file, as players ask for it (RFC 9110 section 14).
///
/// @param first byte of it
/// @param count bytes; 0 when the file has none there
public record ByteRange(long first, long count) {
    private static final Pattern ONE = Pattern.compile("bytes=(?:([0-9]{1,18})-([0-9]{1,18})?|-([0-9]{1,18}))", Pattern.CASE_INSENSITIVE);

    /// @param header empty when there is none
    /// @param size bytes of the file
    /// @return empty when all of the file is to be sent: no range is wished for, more than one, or one that makes no sense
    public static Optional<ByteRange> parse(String header, long size) {
        Matcher wish = ONE.matcher(header.strip());
        if (!wish.matches()) {
            return Optional.empty();
        }
        if (wish.group(3) != null) {
            long last = Math.min(size, Long.parseLong(wish.group(3)));
            return Optional.of(new ByteRange(size - last, last));
        }
        long first = Long.parseLong(wish.group(1));
        long end = wish.group(2) == null ? size : Math.min(size, Long.parseLong(wish.group(2)) + 1);
        if (wish.group(2) != null && Long.parseLong(wish.group(2)) < first) {
            return Optional.empty();
        }
        return Optional.of(new ByteRange(Math.min(first, size), Math.max(0, end - first)));
    }
}
