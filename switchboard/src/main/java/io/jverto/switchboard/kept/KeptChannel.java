package io.jverto.switchboard.kept;

import io.jverto.media.plan.AudioPlan;
import io.jverto.media.plan.VideoPlan;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.CallRecord.LastStep;
import io.jverto.switchboard.port.CallRecord.Leg;
import io.jverto.switchboard.port.CallRecord;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// An answered channel as it is kept while the server is started again. What its peer's transport is made of is not in it: the client
/// answers a new offer then, with keys of its own. Immutable.
///
/// @param outbound whether the switch made the call
/// @param sentOn whether it was called and then sent to another number
/// @param shown whom its client has been told last that it talks with
/// @param variables names in any letter case; among them what proves that a session is the client's own
/// @param audio as agreed last
/// @param video as agreed last; empty for a call without
/// @param running the application that runs, for lists and records
/// @param belongings empty in a file of a server that did not know of any
public record KeptChannel(
        ChannelId id,
        boolean outbound,
        CallerProfile profile,
        boolean sentOn,
        Optional<Shown> shown,
        Map<String, Text> variables,
        Instant created,
        Instant answered,
        AudioPlan audio,
        Optional<VideoPlan> video,
        LastStep running,
        KeptWork work,
        Optional<Belongings> belongings) {
    /// In a leg that another channel called: that channel's id.
    private static final String CALLED_BY = "signal_bond";

    public KeptChannel {
        Map<String, Text> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(variables);
        variables = Collections.unmodifiableMap(copy);
    }

    /// @return what it has beside what it does
    public Belongings has() {
        return belongings.orElse(Belongings.NONE);
    }

    /// @param tasks what is to happen with it later
    /// @param limits what it is counted for
    public KeptChannel with(List<Belongings.KeptTask> tasks, List<Belongings.KeptLimit> limits) {
        return new KeptChannel(id, outbound, profile, sentOn, shown, variables, created, answered, audio, video, running, work, Optional.of(has().with(tasks, limits)));
    }

    /// @return what is left of it when its client did not come back
    public CallRecord record(Cause cause, Instant ended) {
        Map<String, String> plain = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        variables.forEach((name, value) -> plain.put(name, value.toString()));
        CallRecord.SECRET.forEach(plain::remove);
        String calledBy = plain.getOrDefault(CALLED_BY, "");
        Leg leg = !outbound ? Leg.INBOUND : calledBy.isEmpty() ? Leg.ORIGINATED : Leg.CALLED;
        String other = switch (work) {
            case KeptWork.Goes _ -> outbound ? calledBy : "";
            case KeptWork.Leads(ChannelId id, var _) -> id.value();
            case KeptWork.Follows(ChannelId id) -> id.value();
        };
        return new CallRecord(id, leg, profile, new CallRecord.Times(created, Optional.of(answered), ended), cause, other, audio.codec().sdpName(), running,
                Optional.empty(), plain);
    }

    /// The other party's name and number.
    public record Shown(String name, String number) {}

    /// A talk can be kept only with both of its sides.
    ///
    /// @return those of whose talk both sides are there, and those who talk with nobody
    public static List<KeptChannel> whole(Collection<KeptChannel> channels) {
        Map<ChannelId, KeptWork> works = channels.stream().collect(Collectors.toMap(KeptChannel::id, KeptChannel::work, (one, _) -> one));
        Function<ChannelId, Optional<KeptWork>> work = id -> Optional.ofNullable(works.get(id));
        return channels.stream().filter(channel -> switch (channel.work()) {
            case KeptWork.Goes _ -> true;
            case KeptWork.Leads(ChannelId other, var _) -> work.apply(other).filter(new KeptWork.Follows(channel.id())::equals).isPresent();
            case KeptWork.Follows(ChannelId leader) -> work.apply(leader)
                    .filter(led -> led instanceof KeptWork.Leads(ChannelId other, var _) && other.equals(channel.id())).isPresent();
        }).toList();
    }
}
