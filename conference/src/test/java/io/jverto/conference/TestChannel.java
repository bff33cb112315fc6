package io.jverto.conference;

import io.jverto.base.Broken;
import io.jverto.switchboard.port.CallerProfile;
import io.jverto.switchboard.port.Cause;
import io.jverto.switchboard.port.ChannelId;
import io.jverto.switchboard.port.ChannelRef;
import io.jverto.switchboard.port.ConferenceService.Arrival;
import io.jverto.switchboard.port.ConferenceService.JoinRequest;
import io.jverto.switchboard.port.RoomNotice;
import io.jverto.switchboard.port.Saying;
import io.jverto.wire.sdp.SdpText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// A channel that only remembers what it heard and how it was ended.
final class TestChannel implements ChannelRef {
    final RecordingMedia.Media media;
    final List<Cause> hangups = new CopyOnWriteArrayList<>();
    final List<RoomNotice> notices = new CopyOnWriteArrayList<>();
    final List<Saying> heard = new CopyOnWriteArrayList<>();
    /// How often it was to be noted anew.
    int noted;
    private final String name;
    private final String cookie;

    TestChannel(String name) {
        this(name, "session-" + name);
    }

    TestChannel(String name, RecordingMedia.Media media) {
        this(name, "session-" + name, media);
    }

    TestChannel(String name, String cookie) {
        this(name, cookie, new RecordingMedia.Media());
    }

    private TestChannel(String name, String cookie, RecordingMedia.Media media) {
        this.media = media;
        this.name = name;
        this.cookie = cookie;
    }

    @Override
    public void rings() {
        // whoever is in a room has been answered
    }

    @Override
    public void noteAgain() {
        noted++;
    }

    @Override
    public AnswerResult early(SdpText sdp) {
        return AnswerResult.GONE;
    }

    JoinRequest wants(String room) {
        return wants(room, "");
    }

    JoinRequest wants(String room, String flags) {
        return wants(room, flags, Arrival.PLAIN);
    }

    JoinRequest wants(String room, String flags, Arrival arrival) {
        return new JoinRequest(
                this, media, room, "example.org", "default", flags, caller(), "opus@48000", cookie(), Map.of("email", name + "@example.org"), arrival);
    }

    /// It comes with variables of its channel.
    static Arrival with(Map<String, String> variables) {
        return new Arrival(true, "", "", "", 0, variables, Map.of(), Optional.empty());
    }

    /// @return the session that the channel belongs to
    String cookie() {
        return cookie;
    }

    CallerProfile caller() {
        return new CallerProfile(name, "1000", "", "", "3000", "default", "XML", "1000", "1000", "", "", "192.0.2.1",
                "mod_verto", "verto.rtc/" + name);
    }

    @Override
    public ChannelId id() {
        return new ChannelId("call-" + name);
    }

    @Override
    public void start() {
        throw new Broken("rooms start nobody");
    }

    @Override
    public boolean answered() {
        return true;
    }

    @Override
    public AnswerResult answer(SdpText sdp, String calleeName, String calleeNumber) {
        throw new Broken("rooms answer nobody");
    }

    @Override
    public boolean dtmf(String digits, int durationMillis) {
        return false;
    }

    @Override
    public void reattached() {
        throw new Broken("rooms bring nobody back");
    }

    @Override
    public void hear(Saying saying) {
        heard.add(saying);
    }

    @Override
    public void fromRoom(RoomNotice notice) {
        notices.add(notice);
    }

    @Override
    public boolean hangup(Cause cause, boolean byClient) {
        return hangups.add(cause);
    }
}
