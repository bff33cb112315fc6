package io.jverto.switchboard.channel;

import io.jverto.base.thread.OwnedBy;
import io.jverto.base.thread.Role;
import io.jverto.media.plan.GalleryLine;
import io.jverto.media.plan.VideoCodec;
import io.jverto.media.plan.VideoFormat;
import io.jverto.media.plan.VideoPlan;
import io.jverto.switchboard.negotiate.VideoTerms;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What a channel wants of video: its codecs, how much may flow, and what the other side of its call has (media-rtc.md section 15).
@OwnedBy(Role.CHANNEL)
public final class ChannelVideo {
    private static final String BOTH_WAYS = "rtp_video_max_bandwidth";
    /// Set by the client's edge, where its session asked for the extension.
    private static final String GALLERY = "verto_gallery";
    /// What is said where nothing is configured.
    private static final int DEFAULT_KBPS = 1_024;

    private final ChannelHandle handle;
    private final ChannelMedia media;
    private final ChannelVariables variables;
    private final Supplier<Map<String, String>> globals;
    private final List<VideoCodec> codecs;
    private List<VideoFormat> offered = List.of();
    /// What whoever is to talk with it has, while it has not been answered; a list that may be empty.
    private Optional<List<VideoFormat>> expected = Optional.empty();
    private boolean refused;

    ChannelVideo(ChannelHandle handle, ChannelMedia media, ChannelVariables variables, Supplier<Map<String, String>> globals, List<VideoCodec> codecs) {
        this.handle = handle;
        this.media = media;
        this.variables = variables;
        this.globals = globals;
        this.codecs = List.copyOf(codecs);
    }

    List<VideoCodec> codecs() {
        return refused ? List.of() : codecs;
    }

    /// What our offer is to have.
    void offers(List<VideoFormat> formats) {
        offered = List.copyOf(formats);
    }

    /// Whoever it is to talk with has this, or nothing: video that nobody would see is not agreed on. Once it is answered it has no effect.
    public void meets(ChannelHandle other) {
        expected = Optional.of(other.video().map(plan -> List.of(plan.format())).orElse(List.of()));
    }

    /// The channel has no video, whatever its client offers, from its next description on.
    public void refuse() {
        refused = true;
    }

    /// Asks for pictures that need no others: of its client, and of whom that sees.
    public void refresh() {
        if (media.isApplied()) {
            media.ref().refreshVideo();
        }
    }

    /// What its description and ours agreed on; a room that it is in wants to know.
    void agreed(Optional<VideoPlan> plan) {
        boolean changed = !plan.equals(handle.video());
        handle.video(plan);
        if (changed && handle.answered()) {
            handle.tell(new ChannelEvent.Changed(Map.of()));
        }
    }

    /// For a description of ours.
    VideoTerms terms() {
        if (refused) {
            return VideoTerms.NONE;
        }
        return new VideoTerms(codecs, offered, partner(), kbps("in", "verto_outgoing_bandwidth"), kbps("out", "verto_incoming_bandwidth"),
                variables.text(GALLERY).isPresent() ? GalleryLine.MAX_LINES : 0);
    }

    /// In a call: what the other side has, if it has any; it may add some later.
    private Optional<List<VideoFormat>> partner() {
        Optional<List<VideoFormat>> now = handle.partner().flatMap(ChannelHandle::video).filter(plan -> plan.sending() || plan.receiving())
                .map(VideoPlan::format).map(List::of);
        return now.isPresent() || handle.answered() ? now : expected;
    }

    /// @param way `in` or `out`
    /// @param clients the variable with what the client wants, which can only be less
    private int kbps(String way, String clients) {
        int configured = kbps(BOTH_WAYS + "_" + way).or(() -> kbps(BOTH_WAYS)).orElse(way.equals("in") ? DEFAULT_KBPS : 0);
        int wanted = variables.number(clients).filter(kbps -> kbps > 0).orElse(0);
        return configured > 0 && wanted > 0 ? Math.min(configured, wanted) : configured;
    }

    private Optional<Integer> kbps(String name) {
        return variables.text(name).or(() -> Optional.ofNullable(globals.get().get(name))).flatMap(ChannelVideo::parse);
    }

    /// @param text a number of kilobits, with `kb`, `mb` (times 1024), or bytes: `KB` (times 8), `MB` (times 8192)
    /// @return empty for `auto` and for what is no bandwidth
    static Optional<Integer> parse(String text) {
        String digits = text.strip().replaceFirst("[A-Za-z]*$", "");
        if (!digits.matches("[0-9]{1,6}")) {
            return Optional.empty();
        }
        int number = Integer.parseInt(digits);
        return switch (text.strip().substring(digits.length())) {
            case "", "kb" -> Optional.of(number);
            case "mb" -> Optional.of(number * 1_024);
            case "KB" -> Optional.of(number * 8);
            case "MB" -> Optional.of((int) Math.min(Integer.MAX_VALUE, number * 8_192L));
            default -> Optional.empty();
        };
    }
}
