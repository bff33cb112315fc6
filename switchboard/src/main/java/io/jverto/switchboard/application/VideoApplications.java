package io.jverto.switchboard.application;

import io.jverto.switchboard.application.Application.Group;
import io.jverto.switchboard.application.Application.Trait;
import java.util.List;

/// Applications about the video of a call (dialplan-directory.md section 9.3).
final class VideoApplications {
    static final List<Application> ALL = List.of(
            Application.of("novideo", Group.CALL, "", "the call has no video, whatever the client offers; before it is answered", (channel, _) -> {
                channel.video().refuse();
                return Next.GO_ON;
            }, Trait.INLINE),
            Application.of("video_refresh", Group.CALL, "", "asks the caller, and whom he sees, for a picture that needs no others", (channel, _) -> {
                channel.video().refresh();
                return Next.GO_ON;
            }));

    private VideoApplications() {}
}
