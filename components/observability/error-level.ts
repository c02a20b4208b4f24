/** What loggers call an error or worse, in words. */
export const errorLevels = ["error", "ERROR", "fatal", "FATAL"];

/** The least number that stands for an error, for loggers that have numbers, such as pino. */
export const errorNumber = 50;
