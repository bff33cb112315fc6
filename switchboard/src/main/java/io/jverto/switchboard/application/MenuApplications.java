package io.jverto.switchboard.application;

import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.application.Application.Trait;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.channel.LogText;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.menu.MenuRun;
import io.jverto.switchboard.menu.Read;
import io.jverto.switchboard.port.Cause;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Applications that ask a caller something (dialplan-directory.md section 9.3).
final class MenuApplications {
    private static final Logger log = LoggerFactory.getLogger(MenuApplications.class);

    static final List<Application> ALL = List.of(
            Application.of("read", Group.MENUS, "<min> <max> <sound> <variable> <timeout> [<terminators> [<digit timeout>]]",
                    "plays a sound and puts the digits that the caller types into a variable", MenuApplications::read),
            Application.of("play_and_get_digits", Group.MENUS,
                    "<min> <max> <tries> <timeout> <terminators> <sound> <invalid sound> [<variable> [<expression> [<digit timeout> ['<destination>']]]]",
                    "asks for digits until they fit an expression; goes elsewhere when they never do", MenuApplications::playAndGetDigits),
            Application.with("ivr", Group.MENUS, "<menu>", "leads the caller through a menu of `ivr.conf`", MenuApplications::ivr, Trait.STAYS),
            Application.with("voicemail", Group.MENUS, "[check] [auth] <profile> <domain> [<id>]",
                    "takes a message for somebody; with `check` lets the owner listen, with `auth` without a password",
                    (channel, data, services) -> transfer(channel, services.voicemail().run(channel, data)), Trait.STAYS));

    private MenuApplications() {}

    private static Next read(Channel channel, Text data) {
        Read.once(channel, data);
        return Next.GO_ON;
    }

    private static Next playAndGetDigits(Channel channel, Text data) {
        return transfer(channel, Read.untilValid(channel, data));
    }

    /// @param destination where the call is to go, if anywhere: `<extension> [<dialplan> [<context>]]`
    private static Next transfer(Channel channel, Optional<Text> destination) {
        return destination.map(CallApplications::words).map(words -> CallApplications.transfer(channel, words)).orElse(Next.GO_ON);
    }

    private static Next ivr(Channel channel, Text data, Services services) {
        String name = data.toString().trim();
        AtomicReference<Next> next = new AtomicReference<>(Next.GO_ON);
        boolean there = MenuRun.run(channel, services.menus().get(), name, (application, argument) -> {
            next.set(run(channel, application, argument, services));
            return next.get() instanceof Next.GoOn;
        });
        if (!there) {
            log.error("channel {}: there is no menu {}", channel.logId(), LogText.of(name));
        }
        return next.get();
    }

    private static Next run(Channel channel, String name, Text data, Services services) {
        Optional<Application> application = Applications.find(name);
        if (application.isEmpty()) {
            channel.hangup(Cause.DESTINATION_OUT_OF_ORDER, "unknown application " + name + " in a menu");
            return Next.GO_ON;
        }
        channel.running(name, data.toString());
        return application.get().run().run(channel, data, services);
    }
}
