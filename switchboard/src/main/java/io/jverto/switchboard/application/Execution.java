package io.jverto.switchboard.application;

import io.jverto.base.config.ConfigNode.Origin;
import io.jverto.switchboard.application.Application.Trait;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.ChannelHandle;
import io.jverto.switchboard.channel.ChannelScript;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.command.LiveChannels.ChannelRow;
import io.jverto.switchboard.dialplan.Step;
import io.jverto.switchboard.dialplan.Text;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs an application on a live channel because somebody outside wants it. One that comes to its end by itself runs in between what the
/// channel does, which goes on and sounds as before. One that stays is what the channel does from then on: it leaves what it did, and ends
/// with the application. The argument is data: nothing in it is expanded, and of its characters only the first `=` of `set` and the
/// like and the slash behind the endpoint of `bridge` separate (security.md S11, S12). Thread-safe.
public final class Execution {
    private static final Logger log = LoggerFactory.getLogger(Execution.class);
    /// The endpoint of an address.
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9_.]{1,32}/");

    private static final Origin OUTSIDE = new Origin("an order from outside", 0);

    private final Applications applications;
    private final DialplanScript dialplan;

    public Execution(Applications applications, DialplanScript dialplan) {
        this.applications = applications;
        this.dialplan = dialplan;
    }

    /// How long whoever asks wants to wait.
    public enum Wait {
        /// Until the channel has been told.
        NOT,
        /// Until the application has come to its end, but a few seconds at the most.
        FOR_ITS_END
    }

    public boolean exists(String application) {
        return Applications.find(application).isPresent();
    }

    /// @return false when there is no such application, or the channel is over or only rings
    public boolean run(ChannelHandle channel, String application, String argument, Wait wait) {
        return run(channel, new Order(application, argument, "", 1), wait);
    }

    /// What is to be run.
    ///
    /// @param more further arguments, which are words of their own behind the first
    /// @param id by which the events of the run can be told; empty for any
    /// @param times how often, one after the other; of an application that stays only once
    public record Order(String application, String argument, List<String> more, String id, int times) {
        public Order(String application, String argument, String id, int times) {
            this(application, argument, List.of(), id, times);
        }
    }

    /// The same with arguments that are a word each.
    public boolean run(ChannelHandle channel, String application, List<String> words, Wait wait) {
        return run(channel, new Order(application, words.getFirst(), words.subList(1, words.size()), "", 1), wait);
    }

    /// @return false when there is no such application, or the channel is over or only rings
    public boolean run(ChannelHandle channel, Order order, Wait wait) {
        Optional<Application> found = Applications.find(order.application());
        if (found.isEmpty() || !isReady(channel) && !found.get().is(Trait.INLINE)) {
            return false;
        }
        log.info("channel {}: is made to run {}({})", LogText.of(channel.id()), order.application(), LogText.of(order.argument()));
        // DEVIATION api-3
        if (found.get().is(Trait.STAYS)) {
            return channel.redirect(script(order));
        }
        Text data = data(found.get(), order);
        Consumer<Channel> work = self -> {
            for (int i = 0; i < order.times() && (i == 0 || self.up()); i++) {
                dialplan.afterInterlude(self, applications.run(found.get(), self, data, order.id()));
            }
        };
        return wait == Wait.NOT ? channel.interlude(work) : channel.interludeToEnd(work);
    }

    /// A channel that was called and has not answered can be told to do nothing.
    public static boolean isReady(ChannelHandle channel) {
        return channel.answered() || channel.row().map(ChannelRow::outbound).filter(outbound -> outbound).isEmpty();
    }

    /// @return the application as all that a channel does from then on; it must exist
    public ChannelScript script(String application, String argument) {
        return script(new Order(application, argument, "", 1));
    }

    private ChannelScript script(Order order) {
        Application found = Applications.find(order.application()).orElseThrow();
        Text data = data(found, order);
        return channel -> {
            channel.running(found.name(), data.toString());
            channel.agenda().begins(List.of(new Step(found.name(), data, OUTSIDE)));
            try {
                dialplan.after(channel, applications.run(found, channel, data, order.id()));
            } finally {
                channel.agenda().ends();
            }
        };
    }

    // DEVIATION api-2
    private static Text data(Application application, Order order) {
        String argument = order.argument();
        int written = application.is(Trait.ASSIGNS) ? argument.indexOf('=') + 1 : 0;
        if (application.is(Trait.DIALS)) {
            Matcher address = ADDRESS.matcher(argument);
            written = address.lookingAt() ? address.end() : 0;
        }
        Text data = Text.join(Text.syntax(argument.substring(0, written)), Text.data(argument.substring(written)));
        for (String word : order.more()) {
            data = Text.join(Text.join(data, Text.syntax(" ")), Text.data(word));
        }
        return data;
    }
}
