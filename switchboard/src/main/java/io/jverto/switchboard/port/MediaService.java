package io.jverto.switchboard.port;

import io.jverto.media.plan.Cleaning;
import io.jverto.media.plan.Displacing;
import io.jverto.media.plan.GalleryLine;
import io.jverto.media.plan.JitterBounds;
import io.jverto.media.plan.LocalMedia;
import io.jverto.media.plan.MediaPlan;
import io.jverto.media.plan.Position;
import io.jverto.media.plan.Recording;
import io.jverto.media.plan.RemoteCandidate;
import io.jverto.media.plan.Sound;
import io.jverto.media.plan.Tones;
import io.jverto.media.plan.VideoPlan;
import io.jverto.media.plan.Voice;
import io.jverto.media.plan.Way;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The media of channels. Implemented by medialoop. Thread-safe; nothing here waits.
public interface MediaService {
    /// Reserves a transport on a media loop: credentials, SSRC, and a port, which with [MediaRules#direct] is its own. Packets are refused
    /// until [MediaRef#apply].
    ///
    /// @param peer address of the signalling peer, to choose between `rtp-ip` and `ext-rtp-ip`
    /// @param rules of the client's profile
    /// @param listener told what happens; called on media threads, must return at once
    /// @return empty when there is no room or no address
    Optional<MediaRef> open(ChannelId channel, Optional<InetAddress> peer, MediaRules rules, MediaListener listener);

    /// Makes the media of two channels that are each other's client, without a network: what one says is what the other one hears. Neither
    /// has an address or a plan; digits between them are the switch's business.
    ///
    /// @param ofOne told what happens at that end; called on media threads, must return at once
    Wired openWire(ChannelId one, MediaListener ofOne, ChannelId other, MediaListener ofOther);

    /// The two ends of a wire.
    record Wired(MediaRef one, MediaRef other) {}

    /// Makes a mixer: whoever is routed to it hears all others and not himself.
    ///
    /// @param rateHz sampling rate of the mix: 8000, 16000, 32000 or 48000
    /// @param channels 1 mono, 2 stereo
    default MixerRef openMixer(String name, int rateHz, int channels) {
        return openMixer(name, rateHz, channels, 0);
    }

    /// The same with comfort noise.
    ///
    /// @param noise root mean square of the noise that is heard when there is nothing else; 0 for none
    MixerRef openMixer(String name, int rateHz, int channels, int noise);

    /// Makes a place where the pictures of a room are put together.
    ///
    /// @param framesPerSecond 1 to 60
    /// @return empty where pictures are only passed on: the library that decodes them is not there
    default Optional<StudioRef> openStudio(String name, int framesPerSecond) {
        return Optional.empty();
    }

    /// @return why [MediaRef#clean] changes nothing: the library that it takes is not there; empty where it is
    default Optional<String> cleaningObstacle() {
        return Optional.of("these media have no sound");
    }

    /// Joins the sound of two channels: packets are relayed if both send the same codec, otherwise decoded and encoded.
    /// A relay hands RFC 4733 digits on to a side whose telephone-event has the clock of its audio; else nobody does.
    /// It lasts until either is routed elsewhere.
    void bridge(MediaRef one, MediaRef other);

    /// @return how punctual the threads have been that mix and play; nothing where there are none
    default TickTimes tickTimes() {
        return TickTimes.NONE;
    }

    /// @return what writes the packets of channels to files
    default PacketCaptures captures() {
        return PacketCaptures.NONE;
    }

    /// The media of one channel.
    interface MediaRef {
        /// @return our side, for the SDP
        LocalMedia local();

        /// Our side under new ICE credentials, for an offer or answer that restarts ICE; SSRC and port stay. They count from the
        /// next [#apply]; until a new path works the old one goes on.
        LocalMedia renew();

        /// Starts the transport with the peer's side: ICE and DTLS if it was opened for a peer that has them. Again for a renegotiation.
        void apply(MediaPlan plan);

        /// More of the peer's addresses, for the plan in force.
        void candidates(List<RemoteCandidate> candidates);

        /// What the channel hears from now on, and where its own sound goes. [AudioRoute.Silent] at the beginning.
        void route(AudioRoute route);

        /// Holds the sound back: nothing flows either way until it is let go on. A route that is set meanwhile counts from then.
        void pause(boolean paused);

        /// @return what was agreed on of video; empty for a call without
        default Optional<VideoPlan> video() {
            return Optional.empty();
        }

        /// Whose video the channel sees while it is in a mixer, from that one's next key frame on; until then it goes on seeing what it sees.
        /// Empty for nobody's. Bridged, it sees whom it talks with, and in an echo itself, if both can have the same codec.
        ///
        /// @param source of the same media service
        default void show(Optional<MediaRef> source) {
            // media that carry sound alone
        }

        /// What film the channel sees while it is in a mixer, instead of whom it would see, if it has its codec; empty for none.
        ///
        /// @param film that plays in a mixer of the same media service
        default void screen(Optional<RoomSound> film) {
            // media that carry sound alone
        }

        /// @return lines on which the channel's client takes pictures of single members of a room; none for most clients
        default List<GalleryLine> gallery() {
            return List.of();
        }

        /// Whose video is on which of these lines while the channel is in a mixer, each from its next key frame on. Lines that are not named
        /// are empty; what cannot be seen, or not in the same codec, leaves its line empty.
        ///
        /// @param members by the number of a line
        default void showGallery(Map<Integer, Tile> members) {
            // media that carry sound alone
        }

        /// Asks the channel's peer, and whom it sees, for a picture that needs no other one, if they send any.
        default void refreshVideo() {
            // media that carry sound alone
        }

        /// Something else for a while: the channel hears only that, and whoever it is joined with hears silence. A route or a bridge that is
        /// set meanwhile counts from [#goOn].
        void interrupt(AudioRoute meanwhile);

        /// Ends [#interrupt]: the sound is as it would be without it; a sound that plays goes on from where it was.
        void goOn();

        /// Records what the channel says and hears, whatever it does, into one file until [#stopRecording] or [#close]: played sounds, an
        /// echo, a room, a bridge. While the channel is paused nothing is added. [MediaListener#onRecordingEnded] tells the end. A bridge
        /// that is recorded is decoded, whatever its codecs.
        ///
        /// @param number chosen by the caller, given back at the end
        void recordSession(Recording recording, Recording.Sides sides, long number);

        /// Lets somebody have what the channel says, whatever it does, until [#stopRecording] with this number or [#close]; [#recordingFlow] lets it
        /// pause. What he does not take in time is lost, and counted.
        ///
        /// @param number chosen by the caller, among those of [#recordSession]
        default void handOut(SoundSink sink, long number) {
            sink.over(); // media without sound
        }

        /// Lets what [#recordSession] began leave out what comes from now on, or keep it out of hearing, or go on.
        void recordingFlow(long number, Recording.Flow flow);

        /// Ends what [#recordSession] began. Twice does no harm.
        void stopRecording(long number);

        /// Lets a sound come instead of what the channel says or hears, or beside it, whatever the channel does, until its end,
        /// [#stopDisplacing] or [#close]. [MediaListener#onPlaybackEnded] tells the end, after which [#stopDisplacing] lets the channel's
        /// sound pass as packets again.
        ///
        /// @param sound no station
        /// @param number chosen by the caller, among all playbacks of the channel
        void displace(Sound sound, Displacing how, long number);

        /// Ends what [#displace] began. Twice does no harm.
        void stopDisplacing(long number);

        /// How loud the channel is heard, or hears. From the first change on its sound is decoded.
        ///
        /// @param level -4 to 4, 0 as it is (conference.md section 10)
        void level(Way way, int level);

        /// Brings the channel's voice, or what it hears, to a level by itself. From the first time on its sound is decoded.
        ///
        /// @param level mean magnitude of the samples of a voice; 0 ends it
        default void autoGain(Way way, int level) {
            // media without sound
        }

        /// Takes noise, echo and what is no voice out of what the channel says or hears, where [MediaService#cleaningObstacle] is empty. From
        /// the first time on its sound is decoded.
        ///
        /// @param cleaning [Cleaning#NONE] ends it
        default void clean(Way way, Cleaning cleaning) {
            // media without sound
        }

        /// Nobody hears the channel, or it hears nobody.
        void mute(Way way, boolean muted);

        /// Whether digits that the channel says as tones come as [MediaListener#onTone]. The tones stay in its sound.
        void detectDtmf(boolean wanted);

        /// Looks for tones in the sound of the channel, whatever it does, until [#stopDetecting] or [#close]. [MediaListener#onToneFound] tells
        /// once that they are there. From then on its sound is decoded.
        ///
        /// @param number chosen by the caller, given back
        void detectTone(Tones tones, Way way, long number);

        /// Ends what [#detectTone] began. Twice does no harm.
        void stopDetecting(long number);

        /// What the delay of the channel's jitter buffer may be from now on. Packets that are relayed pass without one.
        void jitter(JitterBounds bounds);

        /// Whether [#sendDtmf] makes tones for a peer that did not negotiate telephone-event.
        void toneDtmf(boolean wanted);

        /// Sends a digit as RFC 4733 events, or as tones where [#toneDtmf] wants that, after those that wait.
        ///
        /// @param digit `0-9 * # A-D`
        /// @return false when no telephone-event was negotiated and tones are not wanted
        boolean sendDtmf(char digit, int durationMillis);

        /// @return what a mixer that it is in knows of its voice; nothing where it is in none
        default Voice voice() {
            return Voice.NONE;
        }

        /// Figures of the sound since the start.
        MediaStats stats();

        /// Figures of the video since the start; empty when there is none.
        default Optional<MediaStats> videoStats() {
            return Optional.empty();
        }

        /// Ends it, and leaves whatever it was routed to. Twice does no harm.
        void close();
    }

    /// Somebody in a gallery.
    ///
    /// @param member media of the same media service
    /// @param height pixels of the place in which the client shows it, 0 when it does not say
    record Tile(MediaRef member, int height) {}

    /// A mixer of one room, or of two channels with different codecs.
    interface MixerRef {
        String name();

        /// Plays a sound to who is in it, under what is said.
        ///
        /// @param onEnd told once, on a media thread: post and return. A sound that is stopped ends as one that was played
        /// @return empty when it cannot be played; nothing is told then
        Optional<RoomSound> play(Sound sound, Playing how, Consumer<MediaListener.PlaybackEnd> onEnd);

        /// Writes what is said and played in it, with its channels, until [RoomSound#stop] or [#close].
        ///
        /// @param onEnd told once when the file is closed, on a media thread: post and return
        /// @return empty when it takes no more; nothing is told then
        Optional<RoomSound> record(Recording recording, Consumer<MediaListener.RecordingEnd> onEnd);

        /// Writes what one member says, as the others hear it, in the same way; silence while it is not there.
        ///
        /// @return empty when it takes no more; nothing is told then
        Optional<RoomSound> recordOne(ChannelId member, Recording recording, Consumer<MediaListener.RecordingEnd> onEnd);

        /// Ends it; members that are left hear silence.
        void close();
    }

    /// How a sound plays in a mixer.
    ///
    /// @param only who hears it; empty for all
    /// @param alone who hears it hears nothing else
    /// @param decibels added to its level: -50, which is silence, to 50 (conference.md section 10)
    /// @param position where it is heard, if the mixer is stereo; nothing leaves its left and right as they are
    record Playing(Optional<ChannelId> only, boolean alone, int decibels, Optional<Position> position) {
        public static final Playing TO_ALL = new Playing(Optional.empty(), false, 0, Optional.empty());

        public static Playing to(ChannelId only) {
            return new Playing(Optional.of(only), false, 0, Optional.empty());
        }
    }

    /// A sound in a mixer, or a recording of it.
    interface RoomSound {
        /// Whose video goes into a recording whose file takes pictures, from his next key frame on; empty for nobody's.
        ///
        /// @param source of the same media service
        default void show(Optional<MediaRef> source) {
            // a sound, or media that carry sound alone
        }

        /// What film goes into a recording whose file takes pictures; empty for none. Nobody's video goes there meanwhile.
        ///
        /// @param film that plays in a mixer of the same media service
        default void screen(Optional<RoomSound> film) {
            // a sound, or media that carry sound alone
        }

        /// Holds it where it is, or lets it go on.
        void pause(boolean paused);

        /// @return how much of it was heard, or is in the file
        int millis();

        /// Ends it. Twice does no harm.
        void stop();
    }

    /// Packets and losses of one channel, seen from us.
    ///
    /// @param jitterMillis interarrival jitter now (RFC 3550 section 6.4.1)
    /// @param jitter the same over the whole time, empty before the first second is over
    record MediaStats(
            long packetsRx, long packetsTx, long packetsLost, long bytesRx, long bytesTx, double jitterMillis, Optional<Spread> jitter,
            Reported reported, Playout playout) {
        public static final MediaStats NONE =
                new MediaStats(0, 0, 0, 0, 0, 0, Optional.empty(), new Reported(0, Optional.empty()), new Playout(0, 0, 0));
    }

    /// What the peer's RTCP reports say (RFC 3550 section 6.4).
    ///
    /// @param packetsLost of those that we sent
    record Reported(long packetsLost, Optional<Spread> roundTrip) {}

    /// What became of the packets of a channel whose sound was decoded here; nothing where it was relayed.
    ///
    /// @param frames packets that were due
    /// @param recovered those of them that were lost, and known from the next one
    /// @param concealed those of them that were lost and made up
    record Playout(long frames, long recovered, long concealed) {}

    /// Milliseconds.
    record Spread(double mean, double highest) {}
}
