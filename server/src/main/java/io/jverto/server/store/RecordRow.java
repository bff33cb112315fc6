package io.jverto.server.store;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/// A call record as the database has it. Texts fit their columns.
///
/// @param recordId made by the server, for this record alone
/// @param uuid the channel's id, which its client chose
/// @param blegUuid of the channel that it talked with, empty for none
/// @param leg `a` or `b`
/// @param duration seconds from the start
/// @param billsec seconds from the answer, 0 without one
/// @param sound how it was
/// @param variables a JSON object of texts
public record RecordRow(
        String recordId, String uuid, String blegUuid, String leg, String direction, Party party, Stamps stamps, long duration, long billsec,
        String hangupCause, String accountcode, String codec, Sound sound, String variables) {
    /// Who called whom.
    public record Party(
            String callerName, String callerNumber, String destination, String context, String username, String networkAddress) {}

    /// @param answer empty when it was never answered
    public record Stamps(Instant start, Optional<Instant> answer, Instant end) {}

    /// What was measured; percentages of packets, and milliseconds.
    ///
    /// @param mos estimated mean opinion score
    public record Sound(
            Optional<BigDecimal> mos, Optional<BigDecimal> loss, Optional<BigDecimal> concealed, Optional<BigDecimal> remoteLoss,
            Optional<BigDecimal> jitter, Optional<BigDecimal> roundTrip) {
        public static final Sound NONE =
                new Sound(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
