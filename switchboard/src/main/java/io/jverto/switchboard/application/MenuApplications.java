package io.jverto.switchboard.application;

import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.dialplan.Text;
import io.jverto.switchboard.menu.Read;
import java.util.List;

/// Applications that ask a caller something (dialplan-directory.md section 9.3).
final class MenuApplications {
    static final List<Application> ALL = List.of(
            Application.of("read", Group.MENUS, "<min> <max> <sound> <variable> <timeout> [<terminators> [<digit timeout>]]",
                    "plays a sound and puts the digits that the caller types into a variable", MenuApplications::read),
            Application.of("play_and_get_digits", Group.MENUS,
                    "<min> <max> <tries> <timeout> <terminators> <sound> <invalid sound> [<variable> [<expression> [<digit timeout> ['<destination>']]]]",
                    "asks for digits until they fit an expression; goes elsewhere when they never do", MenuApplications::playAndGetDigits));

    private MenuApplications() {}

    private static Next read(Channel channel, Text data) {
        Read.once(channel, data);
        return Next.GO_ON;
    }

    private static Next playAndGetDigits(Channel channel, Text data) {
        return Read.untilValid(channel, data)
                .map(CallApplications::words)
                .map(destination -> CallApplications.transfer(channel, destination))
                .orElse(Next.GO_ON);
    }
}
