package io.jverto.base.foreign;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jverto.base.Broken;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class NativeLibraryTest {
    private static final NativeLibrary C = NativeLibrary.find("libc", "libc.so.6").orElseThrow();

    @Test
    void findsFunctionsOfALibraryAndReadsItsTexts() throws Throwable {
        MethodHandle errorText = C.function("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));

        assertThat(NativeLibrary.text((MemorySegment) errorText.invokeExact(2))).isEqualTo("No such file or directory");
    }

    @Test
    void aCallThatCannotBeMadeIsABugThatNamesTheLibrary() {
        MethodHandle length = C.function("strlen", FunctionDescriptor.of(JAVA_LONG, ADDRESS));
        Arena arena = Arena.ofConfined();
        MemorySegment text = arena.allocateFrom("jverto");
        arena.close();

        Throwable thrown = catchThrowable(() -> {
            long ignored = (long) length.invokeExact(text);
        });

        assertThat(C.failed(thrown)).hasMessage("a call of libc failed").hasCause(thrown);
    }

    @Test
    void aBugThatIsNamedAlreadyIsThrownAsItIs() {
        Broken known = new Broken("libc made no state");

        assertThat(C.failed(known)).isSameAs(known);
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThat(NativeLibrary.find("libnone", "libnone-of-jverto.so.0")).isEmpty();
        assertThatThrownBy(() -> C.function("no_function_of_c", FunctionDescriptor.ofVoid())).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> NativeLibrary.unpack("libnone", "linux/none/libnone.so"))
                .isInstanceOf(UnsupportedOperationException.class).hasMessage("linux/none/libnone.so is not on the class path");
    }
}
