package io.jverto.verto.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.jverto.verto.login.NameList;
import org.junit.jupiter.api.Test;

class ApiRequestsTest {
    private static final NameList SOME = NameList.of("bgapi,sched_api,expand,eval,xml_wrap,status");

    @Test
    void s11AnInnerCommandNeedsItsOwnRight() {
        assertThat(may("status", "verto perm S methods __ANY__")).isTrue();
        assertThat(may("verto", "status")).isFalse();
        for (String outer : new String[] {"bgapi", "BGAPI", "expand", "eval", "xml_wrap"}) {
            assertThat(may(outer, "status")).as(outer).isTrue();
            assertThat(may(outer, "")).as(outer).isTrue();
            assertThat(may(outer, "hupall")).as(outer).isFalse();
            assertThat(may(outer, "  \thupall now")).as(outer).isFalse();
            assertThat(may(outer, "bgapi  expand\nxml_wrap hupall")).as(outer).isFalse();
        }
    }

    @Test
    void s11WordsBeforeAnInnerCommandDoNotHideIt() {
        assertThat(may("sched_api", "+10 group status")).isTrue();
        assertThat(may("sched_api", "+10 status hupall")).isFalse();
        assertThat(may("bgapi", "sched_api +10 group expand hupall")).isFalse();
        assertThat(may("expand", "uuid:1234 status")).isTrue();
        assertThat(may("expand", "uuid:1234 hupall")).isFalse();
    }

    private static boolean may(String command, String argument) {
        return ApiRequests.mayRun(SOME, command, argument);
    }
}
