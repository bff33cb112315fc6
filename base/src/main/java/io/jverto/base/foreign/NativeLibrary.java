package io.jverto.base.foreign;

import io.jverto.base.Broken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// A library of C, loaded for as long as the process runs (java.lang.foreign, JEP 454). Who binds one keeps each handle of [#function] in a
/// `static final` field, calls it by `invokeExact` and throws [#failed] for what that throws. Each call is written out: as a lambda it would make
/// garbage for each frame until it is compiled. A wrong signature ends the whole process: nothing here can find that out.
@SuppressWarnings("restricted") // native access is granted to this code at start
public final class NativeLibrary {
    private static final int MAX_TEXT = 256;

    private final String name;
    private final SymbolLookup symbols;

    private NativeLibrary(String name, SymbolLookup symbols) {
        this.name = name;
        this.symbols = symbols;
    }

    /// @param name for messages, for instance `libvpx`
    /// @param file as the system's loader knows it, for instance `libvpx.so.9`
    /// @return empty where the system has none such, or one that does not load
    public static Optional<NativeLibrary> find(String name, String file) {
        try {
            return Optional.of(new NativeLibrary(name, SymbolLookup.libraryLookup(file, Arena.global())));
        } catch (IllegalArgumentException notThere) {
            return Optional.empty();
        }
    }

    /// The system's library of C.
    public static NativeLibrary ofSystem() {
        return new NativeLibrary("libc", Linker.nativeLinker().defaultLookup());
    }

    /// Loads a library that comes along on the class path.
    ///
    /// @throws UnsupportedOperationException where it does not, for instance on another processor
    /// @throws IllegalArgumentException where it does not load
    public static NativeLibrary unpack(String name, String resource) {
        try (InputStream library = NativeLibrary.class.getClassLoader().getResourceAsStream(resource)) {
            if (library == null) {
                throw new UnsupportedOperationException(resource + " is not on the class path");
            }
            // Readable by its owner alone, and gone from the file system as soon as it is mapped.
            Path file = Files.createTempFile("jverto-" + name, ".so");
            try {
                Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
                return new NativeLibrary(name, SymbolLookup.libraryLookup(file, Arena.global()));
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /// @throws java.util.NoSuchElementException when the library has no such function
    public MethodHandle function(String symbol, FunctionDescriptor signature, Linker.Option... options) {
        return Linker.nativeLinker().downcallHandle(symbols.findOrThrow(symbol), signature, options);
    }

    /// @param pointer to a text that ends in a zero, of at most 255 bytes
    public static String text(MemorySegment pointer) {
        return pointer.reinterpret(MAX_TEXT).getString(0);
    }

    /// @param thrown by `invokeExact`: the call did not take place, or what was made of its result is not allowed
    /// @return what to throw instead
    public Broken failed(Throwable thrown) {
        return thrown instanceof Broken known ? known : new Broken("a call of " + name + " failed", thrown);
    }
}
