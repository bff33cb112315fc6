package io.jverto.switchboard.bridge;

import io.jverto.base.time.Mailbox;
import io.jverto.media.plan.AudioCodec;
import io.jverto.media.plan.VideoFormat;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelEvent;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.ChannelScript;
import io.jverto.switchboard.channel.ChannelServices;
import io.jverto.switchboard.channel.HandsOver;
import io.jverto.switchboard.channel.LentMedia;
import io.jverto.switchboard.channel.ServerScope;
import io.jverto.switchboard.dialplan.Scope;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.port.CallerProfile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Nobody calls: whoever answers does what it is given to do.
final class NoOriginator implements Originator, Leader {
    private static final int MAILBOX = 512;

    private final ChannelServices services;
    private final Mailbox<ChannelEvent> mailbox;
    private final CallerProfile from;
    private final ChannelScript then;
    private volatile boolean givenUp;

    NoOriginator(ChannelServices services, CallerProfile from, ChannelScript then) {
        this.services = services;
        this.mailbox = services.time().mailbox(MAILBOX);
        this.from = from;
        this.then = then;
    }

    @Override
    public String name() {
        return "originate";
    }

    @Override
    public boolean up() {
        return !givenUp;
    }

    /// Nobody is to be called any more. From any thread.
    void giveUp() {
        givenUp = true;
        mailbox.tell(new ChannelEvent.Nudged());
    }

    @Override
    public Optional<ChannelEvent> next(long deadlineNanos) {
        return mailbox.await(deadlineNanos);
    }

    @Override
    public Text variable(String name) {
        return Text.EMPTY;
    }

    @Override
    public void set(String name, Text value) {
        // kept for nobody
    }

    @Override
    public Scope scope(Map<String, Text> dialed) {
        return new ServerScope(services, dialed);
    }

    @Override
    public Map<String, Text> exported() {
        return LegVariables.empty();
    }

    @Override
    public CallerProfile from() {
        return from;
    }

    @Override
    public int hops() {
        return 0;
    }

    @Override
    public Optional<CallerProfile> profile() {
        return Optional.empty();
    }

    @Override
    public Optional<AudioCodec> codec() {
        return Optional.empty();
    }

    @Override
    public List<AudioCodec> codecs() {
        return List.of();
    }

    @Override
    public List<VideoFormat> video() {
        return List.of();
    }

    @Override
    public boolean isNobody() {
        return true;
    }

    @Override
    public Leader leader() {
        return this;
    }

    @Override
    public void rings(Optional<HandsOver> originate) {
        // nobody's legs are taken over by nobody
    }

    @Override
    public void takenOver() {
        // as above
    }

    @Override
    public void someoneRings() {
        // nobody hears it
    }

    @Override
    public void sleep(long millis) {
        if (millis > 0) {
            services.time().mailbox(1).await(services.time().nanoTime() + millis * 1_000_000);
        }
    }

    @Override
    public boolean hears(ChannelHandle leg, LentMedia media) {
        return false;
    }

    @Override
    public void hearsNoMore() {
        // it never did
    }

    @Override
    public boolean tell(ChannelEvent event) {
        return mailbox.tell(event);
    }

    @Override
    public void joinedBy(Channel leg) {
        mailbox.tell(new ChannelEvent.LegAnswered(leg.id(), new LentMedia(leg.media()), ChannelEvent.LegFacts.of(leg), Optional.empty()));
        then.run(leg);
    }
}
