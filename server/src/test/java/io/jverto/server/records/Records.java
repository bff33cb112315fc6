package io.jverto.server.records;

import io.jverto.switchboard.port.CallQuality;
import io.jverto.switchboard.port.CallRecord;
import io.jverto.switchboard.port.CallRecord.Leg;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Call records for tests.
final class Records {
    static final Instant NOON = Instant.parse("2026-01-31T12:00:00.250Z");

    private Records() {}

    static CallRecord of(String id, Map<String, String> variables) {
        return of(id, Leg.INBOUND, "Ada", variables);
    }

    static CallRecord of(String id, Leg leg, String callerName, Map<String, String> variables) {
        return new CallRecord(new ChannelId(id), leg, profile(callerName),
                new CallRecord.Times(NOON, Optional.of(NOON.plusMillis(3_500)), NOON.plus(Duration.ofMillis(65_400))),
                Cause.NORMAL_CLEARING, "other", "opus", new CallRecord.LastStep("bridge", "user/1001"), Optional.empty(), variables);
    }

    static CallRecord sounded(String id, CallQuality quality) {
        CallRecord silent = of(id, Map.of());
        return new CallRecord(silent.id(), silent.leg(), silent.profile(), silent.times(), silent.cause(), silent.otherId(), silent.codec(),
                silent.lastStep(), Optional.of(quality), silent.variables());
    }

    private static CallerProfile profile(String callerName) {
        return new CallerProfile(callerName, "1000", "Bob", "1001", "1001", "default", "XML", "1000", "1000", "", "", "192.0.2.9", "mod_verto",
                "verto.rtc/1001");
    }
}
