package io.jverto.switchboard.application;

import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.channel.Channel;
import io.jverto.switchboard.dialplan.Text;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a channel may do while it talks (dialplan-directory.md section 9.1).
final class TalkApplications {
    private static final Logger log = LoggerFactory.getLogger(TalkApplications.class);

    static final List<Application> ALL = List.of(
            Application.with("att_xfer", Group.CALL, "<dial string>",
                    "attended transfer: whom the call talks with hears hold music while you talk with a third one. Hang up to join the two; # or * goes back "
                            + "and lets the third one go; 0 lets all three talk (`attxfer_cancel_key`, `attxfer_hangup_key`, `attxfer_conf_key`). The rest "
                            + "of both dialplans is dropped; `att_xfer_result` says `success` or `failure`",
                    TalkApplications::attendedTransfer));

    private TalkApplications() {}

    private static Next attendedTransfer(Channel channel, Text data, Services services) {
        if (!services.bridge().attend(channel, data)) {
            log.warn("channel {}: att_xfer: it talks with nobody", channel.logId());
            channel.variables().set("att_xfer_result", Text.syntax("failure"));
        }
        return Next.GO_ON;
    }
}
