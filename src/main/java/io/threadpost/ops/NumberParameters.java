package io.threadpost.ops;

/** Numbers in addresses. */
final class NumberParameters {
    private NumberParameters() {}

    /**
     * @param name what it is called in the address
     * @throws ApiRefusal when it is none, or out of its bounds
     */
    static long of(String name, String text, long least, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, like a number out of bounds.
        }
        throw new ApiRefusal(
                400,
                "`" + name + "` is no number that fits",
                "write a whole number from " + least + (most == Long.MAX_VALUE ? " on" : " to " + most));
    }
}
