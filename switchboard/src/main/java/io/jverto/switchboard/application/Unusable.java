package io.jverto.switchboard.application;

import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.dialplan.Text;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says that an application cannot use its data: one line, with the channel's id and what it takes. The dialplan goes on.
final class Unusable {
    private static final Logger log = LoggerFactory.getLogger(Unusable.class);

    private Unusable() {}

    static Next data(Channel channel, String application, Text data) {
        String usage = Applications.find(application).map(Application::usage).orElse("");
        log.warn("channel {}: {} takes {}, not {}", channel.logId(), application, usage, LogText.of(data));
        return Next.GO_ON;
    }
}
