export type { ChatNodes } from "./chat";
export { Notifications, type NotificationsArgs, type NotificationsNodes } from "./notifications";
export { notificationsProblems } from "./rules";
export { type NotificationsSpec, notificationsSettings } from "./spec";
