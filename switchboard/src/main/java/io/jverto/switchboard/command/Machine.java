package io.jverto.switchboard.command;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/// What `status` tells of the machine.
final class Machine {
    private Machine() {}

    /// @return percent of all processors that nobody uses; 0 where the system does not say
    static String idle() {
        double load = ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system ? system.getCpuLoad()
                : -1;
        return String.format(Locale.ROOT, "%.2f", load < 0 ? 0 : 100 * (1 - load));
    }

    /// @return stack of a platform thread in kB
    static String stack() {
        return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).getVMOption("ThreadStackSize").getValue() + "K";
    }
}
